//! What a PDF says: the text of its pages in reading order of the content, and the facts of its catalog.
//!
//! Words are put together by the structure tree: what belongs to one paragraph, cell or heading is one line.

use std::collections::BTreeMap;

use lopdf::content::Content;
use lopdf::{Dictionary, Document, Encoding, Object, ObjectId};

/// Elements that stand inside a line.
const INLINE: &[&[u8]] = &[
    b"Span",
    b"Em",
    b"Strong",
    b"Link",
    b"Reference",
    b"Datetime",
    b"Quote",
    b"Code",
];

/// A PDF that was read back.
pub struct Pdf {
    document: Document,
}

impl Pdf {
    /// Reads a PDF.
    pub fn read(bytes: &[u8]) -> Self {
        Self {
            document: Document::load_mem(bytes).unwrap(),
        }
    }

    /// The text of every page: a line per paragraph, cell or heading; single ordinary spaces, no ligatures, no hyphenation.
    pub fn pages(&self) -> Vec<String> {
        let parents = self.parents();
        let pages = self.document.page_iter();
        pages.map(|page| self.page(page, &parents)).collect()
    }

    /// The text of all pages; a paragraph that goes on overleaf is broken there.
    pub fn text(&self) -> String {
        self.pages().join("\n")
    }

    /// The language of the document.
    pub fn lang(&self) -> String {
        self.catalog()
            .get(b"Lang")
            .and_then(Object::as_str)
            .map(|lang| String::from_utf8_lossy(lang).into_owned())
            .unwrap_or_default()
    }

    /// True when it says that it is tagged, and has a structure tree.
    pub fn is_tagged(&self) -> bool {
        let marked = self
            .follow(self.catalog(), b"MarkInfo")
            .and_then(|info| info.as_dict().ok()?.get(b"Marked").ok()?.as_bool().ok());
        marked == Some(true) && self.catalog().has(b"StructTreeRoot")
    }

    /// The XMP metadata.
    pub fn xmp(&self) -> String {
        let stream = self.follow(self.catalog(), b"Metadata").unwrap();
        let stream = stream.as_stream().unwrap();
        let bytes = stream
            .decompressed_content()
            .unwrap_or_else(|_| stream.content.clone());
        String::from_utf8(bytes).unwrap()
    }

    /// The text of a simple element of the XMP metadata, such as `pdfaid:part`.
    pub fn declares(&self, element: &str) -> Option<String> {
        let xmp = self.xmp();
        let (_, rest) = xmp.split_once(&format!("<{element}>"))?;
        rest.split_once('<').map(|(value, _)| value.to_owned())
    }

    /// The document's title, as the XMP metadata have it.
    pub fn title(&self) -> String {
        let xmp = self.xmp();
        let (_, rest) = xmp.split_once("<dc:title>").unwrap();
        let (title, _) = rest.split_once("</rdf:li>").unwrap();
        let title = title.rsplit('>').next().unwrap_or_default();
        [
            ("&lt;", "<"),
            ("&gt;", ">"),
            ("&quot;", "\""),
            ("&apos;", "'"),
            ("&amp;", "&"),
        ]
        .iter()
        .fold(title.to_owned(), |title, (escape, c)| {
            title.replace(escape, c)
        })
    }

    fn catalog(&self) -> &Dictionary {
        self.document.catalog().unwrap()
    }

    fn follow<'a>(&'a self, dictionary: &'a Dictionary, key: &[u8]) -> Option<&'a Object> {
        let (_, object) = self.document.dereference(dictionary.get(key).ok()?).ok()?;
        Some(object)
    }

    /// The parent tree: for every page's key, the elements of its marked contents.
    fn parents(&self) -> BTreeMap<i64, Vec<ObjectId>> {
        let mut parents = BTreeMap::new();
        let root = self.follow(self.catalog(), b"StructTreeRoot");
        if let Some(tree) = root.and_then(|root| self.follow(root.as_dict().ok()?, b"ParentTree")) {
            self.gather_parents(tree, &mut parents);
        }
        parents
    }

    fn gather_parents(&self, node: &Object, parents: &mut BTreeMap<i64, Vec<ObjectId>>) {
        let node = node.as_dict().unwrap();
        if let Some(Ok(numbers)) = self.follow(node, b"Nums").map(Object::as_array) {
            for pair in numbers.chunks_exact(2) {
                let (_, elements) = self.document.dereference(&pair[1]).unwrap();
                if let (Ok(key), Ok(elements)) = (pair[0].as_i64(), elements.as_array()) {
                    let ids = elements
                        .iter()
                        .map(|one| one.as_reference().unwrap_or_default());
                    parents.insert(key, ids.collect());
                }
            }
        }
        if let Some(Ok(kids)) = self.follow(node, b"Kids").map(Object::as_array) {
            for kid in kids {
                self.gather_parents(self.document.dereference(kid).unwrap().1, parents);
            }
        }
    }

    fn page(&self, page: ObjectId, parents: &BTreeMap<i64, Vec<ObjectId>>) -> String {
        let dictionary = self.document.get_dictionary(page).unwrap();
        let key = dictionary.get(b"StructParents").and_then(Object::as_i64);
        let none = Vec::new();
        let elements = key.ok().and_then(|key| parents.get(&key)).unwrap_or(&none);
        let fonts: BTreeMap<Vec<u8>, Encoding<'_>> = self
            .document
            .get_page_fonts(page)
            .unwrap()
            .into_iter()
            .map(|(name, font)| (name, font.get_font_encoding(&self.document).unwrap()))
            .collect();
        let content = Content::decode(&self.document.get_page_content(page)).unwrap();
        let mut scribe = Scribe::new(&fonts, |mcid| {
            elements.get(mcid).map(|element| self.block_of(*element))
        });
        for operation in &content.operations {
            scribe.take(&operation.operator, &operation.operands);
        }
        tidy(&scribe.text)
    }

    /// The element itself, or the first above it that is no part of a line.
    fn block_of(&self, element: ObjectId) -> ObjectId {
        let mut at = element;
        while let Ok(dictionary) = self.document.get_dictionary(at) {
            let kind = dictionary.get(b"S").and_then(Object::as_name);
            if !kind.is_ok_and(|kind| INLINE.contains(&kind)) {
                break;
            }
            let Ok(above) = dictionary.get(b"P").and_then(Object::as_reference) else {
                break;
            };
            at = above;
        }
        at
    }
}

/// Writes down what a page's content shows.
struct Scribe<'a, F> {
    fonts: &'a BTreeMap<Vec<u8>, Encoding<'a>>,
    block_of: F,
    font: Option<&'a Encoding<'a>>,
    /// What the current marked contents stand for instead of what they show.
    instead: Vec<Option<String>>,
    block: Option<ObjectId>,
    height: f32,
    heights: Vec<f32>,
    last_height: f32,
    text: String,
}

impl<'a, F: Fn(usize) -> Option<ObjectId>> Scribe<'a, F> {
    fn new(fonts: &'a BTreeMap<Vec<u8>, Encoding<'a>>, block_of: F) -> Self {
        Self {
            fonts,
            block_of,
            font: None,
            instead: Vec::new(),
            block: None,
            height: 0.0,
            heights: Vec::new(),
            last_height: 0.0,
            text: String::new(),
        }
    }

    fn take(&mut self, operator: &str, operands: &[Object]) {
        match (operator, operands) {
            ("q", _) => self.heights.push(self.height),
            ("Q", _) => self.height = self.heights.pop().unwrap_or_default(),
            ("cm", [.., y]) => self.height += y.as_float().unwrap_or_default(),
            ("BDC", [tag, properties]) => self.begin(tag, properties),
            ("BMC", _) => self.begin(&operands[0], &Object::Null),
            ("EMC", _) => {
                self.instead.pop();
            }
            ("Tf", [Object::Name(name), _]) => self.font = self.fonts.get(name),
            ("Tj", [text]) => self.show(text),
            ("TJ", [Object::Array(parts)]) => parts.iter().for_each(|part| self.show(part)),
            _ => {}
        }
    }

    /// Marked contents of another block begin a line of their own, and so do artifacts.
    fn begin(&mut self, tag: &Object, properties: &Object) {
        let properties = properties.as_dict().ok();
        let get = |key: &[u8]| properties.and_then(|properties| properties.get(key).ok());
        let mcid = get(b"MCID").and_then(|mcid| usize::try_from(mcid.as_i64().ok()?).ok());
        let is_artifact = matches!(tag, Object::Name(name) if name == b"Artifact");
        if is_artifact || mcid.is_some() {
            let block = mcid.and_then(&self.block_of);
            if block.is_none() || block != self.block {
                self.text.push('\n');
                self.last_height = self.height;
            }
            self.block = block;
        }
        let instead = get(b"ActualText").and_then(|text| lopdf::decode_text_string(text).ok());
        if let Some(text) = &instead {
            self.push(text);
        }
        self.instead.push(instead);
    }

    fn show(&mut self, shown: &Object) {
        let (Object::String(bytes, _), Some(font)) = (shown, self.font) else {
            return;
        };
        if self.instead.iter().all(Option::is_none) {
            let text = Document::decode_text(font, bytes).unwrap();
            self.push(&text);
        }
    }

    /// Adds text; in another line of the same block there is a space before it.
    fn push(&mut self, text: &str) {
        if (self.height - self.last_height).abs() > 1.0 {
            self.text.push(' ');
        }
        self.last_height = self.height;
        self.text.push_str(text);
    }
}

/// Single ordinary spaces, no ligatures, no hyphenation.
fn tidy(text: &str) -> String {
    let text = text
        .replace("\u{ad} ", "")
        .replace('\u{ad}', "")
        .replace(['\u{a0}', '\u{202f}'], " ");
    let text = ["ff", "fi", "fl", "ffi", "ffl"]
        .iter()
        .zip(['ﬀ', 'ﬁ', 'ﬂ', 'ﬃ', 'ﬄ'])
        .fold(text, |text, (letters, ligature)| {
            text.replace(ligature, letters)
        });
    let lines = text.lines().map(|line| {
        let words: Vec<&str> = line.split_whitespace().collect();
        words.join(" ")
    });
    let lines: Vec<String> = lines.filter(|line| !line.is_empty()).collect();
    lines.join("\n")
}
