//! A small document with two empty signature fields, and revisions written by hand.

/// An object of a revision: its number and its body.
pub type Body = (u32, Vec<u8>);

/// The numbers of the small document.
pub const CATALOG: u32 = 1;
pub const PAGES: u32 = 2;
pub const PAGE: u32 = 3;
pub const CONTENT: u32 = 4;
pub const FONT: u32 = 5;
pub const FORM: u32 = 6;
pub const WIDGET_A: u32 = 7;
pub const WIDGET_B: u32 = 8;
pub const EMPTY: u32 = 9;
pub const ATTACHED: u32 = 10;
pub const FILE: u32 = 11;
pub const METADATA: u32 = 12;
pub const STRUCTURE: u32 = 13;
pub const INFO: u32 = 14;
pub const SECOND_PAGE: u32 = 15;
/// The first number that is free.
pub const FREE: u32 = 16;
/// How many bytes of message a hole takes.
pub const HOLE: usize = 5000;

/// A stream's body.
pub fn stream(dictionary: &str, data: &[u8]) -> Vec<u8> {
    let mut out = format!("<<{dictionary}/Length {}>>\nstream\n", data.len()).into_bytes();
    out.extend(data);
    out.extend(b"\nendstream");
    out
}

/// The widget of a field, with more entries.
pub fn widget(field: &str, label: &str, top: u32, more: &str) -> Vec<u8> {
    format!(
        "<</Type/Annot/Subtype/Widget/FT/Sig/T({field})/TU({label})/F 132/P 3 0 R/Rect[50 {} 250 {top}]{more}>>",
        top - 60
    )
    .into_bytes()
}

/// The text of the page.
pub const TEXT: &str = "BT /F1 14 Tf 50 700 Td (The parties agree on 870.000 kr.) Tj ET";
/// The catalog's entries.
pub const CATALOG_ENTRIES: &str = "/Type/Catalog/Pages 2 0 R/AcroForm 6 0 R/Lang(da-DK)/MarkInfo<</Marked true>>/StructTreeRoot 13 0 R/Metadata 12 0 R/AF[11 0 R]";
/// The page's entries.
pub const PAGE_ENTRIES: &str = "/Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 5 0 R>>>>/Contents 4 0 R/Annots[7 0 R 8 0 R]";

/// The objects of the small document.
pub fn objects() -> Vec<Body> {
    let text = |text: &str| text.as_bytes().to_vec();
    vec![
        (CATALOG, format!("<<{CATALOG_ENTRIES}>>").into_bytes()),
        (PAGES, text("<</Type/Pages/Kids[3 0 R 15 0 R]/Count 2>>")),
        (PAGE, format!("<<{PAGE_ENTRIES}>>").into_bytes()),
        (CONTENT, stream("", TEXT.as_bytes())),
        (
            FONT,
            text("<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"),
        ),
        (FORM, text("<</Fields[7 0 R 8 0 R]/SigFlags 3>>")),
        (WIDGET_A, widget("sign_a", "Alfa", 300, "/AP<</N 9 0 R>>")),
        (WIDGET_B, widget("sign_b", "Beta", 200, "/AP<</N 9 0 R>>")),
        (
            EMPTY,
            stream("/Type/XObject/Subtype/Form/BBox[0 0 200 60]", b""),
        ),
        (
            ATTACHED,
            stream(
                "/Type/EmbeddedFile/Subtype/application#2Fjson",
                b"{\"funds\":870000}",
            ),
        ),
        (
            FILE,
            text(
                "<</Type/Filespec/F(data.json)/UF(data.json)/AFRelationship/Source/EF<</F 10 0 R>>>>",
            ),
        ),
        (
            METADATA,
            stream(
                "/Type/Metadata/Subtype/XML",
                b"<x:xmpmeta xmlns:x='adobe:ns:meta/'/>",
            ),
        ),
        (STRUCTURE, text("<</Type/StructTreeRoot/K[]>>")),
        (INFO, text("<</Title(Agreement)>>")),
        (
            SECOND_PAGE,
            text("<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<<>>>>"),
        ),
    ]
}

const IDENTIFIER: &str =
    "/ID[<00112233445566778899AABBCCDDEEFF><00112233445566778899AABBCCDDEEFF>]";

/// The small document.
pub fn document() -> Vec<u8> {
    build(&objects())
}

/// A document of some objects.
pub fn build(objects: &[Body]) -> Vec<u8> {
    let mut out = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n".to_vec();
    append(&mut out, objects, None, "/Root 1 0 R/Info 14 0 R");
    out
}

/// A revision more, with the right trailer.
pub fn revision(before: &[u8], objects: &[Body]) -> Vec<u8> {
    let mut out = before.to_vec();
    append(
        &mut out,
        objects,
        Some(last_section(before)),
        "/Root 1 0 R/Info 14 0 R",
    );
    out
}

/// A revision more, with other words in the trailer.
pub fn revision_with(before: &[u8], objects: &[Body], trailer: &str) -> Vec<u8> {
    let mut out = before.to_vec();
    append(&mut out, objects, Some(last_section(before)), trailer);
    out
}

/// Where the last cross-reference section begins.
pub fn last_section(bytes: &[u8]) -> usize {
    let at = last(bytes, b"startxref");
    let digits: String = bytes[at + 9..]
        .iter()
        .map(|byte| char::from(*byte))
        .skip_while(|c| c.is_whitespace())
        .take_while(char::is_ascii_digit)
        .collect();
    digits.parse().unwrap()
}

fn append(out: &mut Vec<u8>, objects: &[Body], previous: Option<usize>, trailer: &str) {
    let mut objects = objects.to_vec();
    objects.sort_by_key(|(number, _)| *number);
    let mut rows = Vec::new();
    for (number, body) in &objects {
        rows.push((*number, out.len()));
        out.extend(format!("{number} 0 obj\n").bytes());
        out.extend(body);
        out.extend(b"\nendobj\n");
    }
    let at = out.len();
    out.extend(b"xref\n");
    if previous.is_none() {
        out.extend(b"0 1\n0000000000 65535 f \n");
    }
    for (number, offset) in &rows {
        out.extend(format!("{number} 1\n{offset:010} 00000 n \n").bytes());
    }
    let highest = rows.last().map_or(0, |(number, _)| *number);
    let size = highest.max(FREE + 40) + 1;
    let previous = previous.map_or(String::new(), |at| format!("/Prev {at}"));
    out.extend(
        format!(
            "trailer\n<</Size {size}{trailer}{IDENTIFIER}{previous}>>\nstartxref\n{at}\n%%EOF\n"
        )
        .bytes(),
    );
}

/// The place of the last occurrence.
pub fn last(bytes: &[u8], what: &[u8]) -> usize {
    bytes
        .windows(what.len())
        .rposition(|window| window == what)
        .unwrap()
}

/// The place of the first occurrence.
pub fn first(bytes: &[u8], what: &[u8]) -> usize {
    bytes
        .windows(what.len())
        .position(|window| window == what)
        .unwrap()
}

/// The bytes with the last occurrence of something replaced by as many bytes.
pub fn swapped(bytes: &[u8], from: &[u8], to: &[u8]) -> Vec<u8> {
    assert_eq!(from.len(), to.len());
    let at = last(bytes, from);
    let mut out = bytes.to_vec();
    out[at..at + to.len()].copy_from_slice(to);
    out
}

/// How a revision signs; honest unless a test changes something.
#[derive(Clone)]
pub struct Signing {
    pub widget: u32,
    pub field: &'static str,
    pub label: &'static str,
    pub top: u32,
    /// The numbers of the signature and of its appearance.
    pub value: u32,
    pub appearance: u32,
    /// The signature dictionary's entries before the range.
    pub entries: String,
    /// More entries of the widget.
    pub widget_entries: String,
    /// More objects in the same revision.
    pub more: Vec<Body>,
}

/// How the first and the second party sign.
pub fn signing(party: usize) -> Signing {
    let fields = [
        (WIDGET_A, "sign_a", "Alfa", 300),
        (WIDGET_B, "sign_b", "Beta", 200),
    ];
    let (widget, field, label, top) = fields[party];
    let value = FREE + 10 * u32::try_from(party).unwrap();
    Signing {
        widget,
        field,
        label,
        top,
        value,
        appearance: value + 1,
        entries:
            "/Type/Sig/Filter/Adobe.PPKLite/SubFilter/ETSI.CAdES.detached/M(D:20180620093000Z)"
                .into(),
        widget_entries: String::new(),
        more: Vec::new(),
    }
}

/// A file with an empty hole.
pub struct Open {
    pub bytes: Vec<u8>,
    /// The place of `<` and the one after `>`.
    pub hole: (usize, usize),
}

impl Signing {
    /// The objects of the revision, with an empty range and an empty hole.
    pub fn objects(&self) -> Vec<Body> {
        let (value, appearance) = (self.value, self.appearance);
        let mut signature = format!("<<{}/ByteRange[0 {:46}]/Contents<", self.entries, "");
        signature.push_str(&"0".repeat(HOLE * 2));
        signature.push_str(">>>");
        let more = format!(
            "/V {value} 0 R/AP<</N {appearance} 0 R>>{}",
            self.widget_entries
        );
        let drawn = b"BT /F1 9 Tf 4 30 Td (Signed) Tj ET";
        let form = "/Type/XObject/Subtype/Form/BBox[0 0 200 60]/Resources<</Font<</F1 5 0 R>>>>";
        let mut objects = vec![
            (self.widget, widget(self.field, self.label, self.top, &more)),
            (value, signature.into_bytes()),
            (appearance, stream(form, drawn)),
        ];
        objects.extend(self.more.iter().cloned());
        objects
    }

    /// The revision, prepared.
    pub fn open(&self, before: &[u8]) -> Open {
        open(revision(before, &self.objects()))
    }
}

/// Finds the hole of the last revision and writes the range.
pub fn open(bytes: Vec<u8>) -> Open {
    let start = last(&bytes, b"/Contents<00") + 9;
    let end = start + HOLE * 2 + 2;
    let rest = bytes.len() - end;
    ranged(bytes, (start, end), &format!("{start} {end} {rest}"))
}

/// Writes another range than the right one.
pub fn ranged(mut bytes: Vec<u8>, hole: (usize, usize), range: &str) -> Open {
    let at = last(&bytes[..hole.0], b"/ByteRange[0 ") + 13;
    bytes[at..at + 46].copy_from_slice(format!("{range:46}").as_bytes());
    Open { bytes, hole }
}

impl Open {
    /// The bytes that are to be signed.
    pub fn covered(&self) -> Vec<u8> {
        [&self.bytes[..self.hole.0], &self.bytes[self.hole.1..]].concat()
    }

    /// The file with a message in the hole.
    pub fn fill(&self, message: &[u8]) -> Vec<u8> {
        let digits: String = message.iter().map(|byte| format!("{byte:02x}")).collect();
        assert!(
            digits.len() <= HOLE * 2,
            "the hole is too small: {}",
            digits.len()
        );
        let mut bytes = self.bytes.clone();
        let at = self.hole.0 + 1;
        bytes[at..at + digits.len()].copy_from_slice(digits.as_bytes());
        bytes
    }
}
