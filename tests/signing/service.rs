//! A signing service such as NemLog-in's: it adds a field of its own to a PDF without any, invisible, and signs it in an incremental save.

use lopdf::{Dictionary, Document, IncrementalDocument, Object, StringFormat, dictionary};
use tryk::sign::cms::certificate;
use tryk::sign::cms::hash::Hash;
use tryk::sign::cms::make::{Message, signed_attributes};
use tryk::sign::cms::value::PublicKey;
use tryk::sign::key::{self, Signer};

use crate::common::Project;

/// Room for the message, in bytes.
const ROOM: usize = 8192;
/// Stands where the numbers of the range go.
const UNKNOWN: i64 = 9_999_999_999;

/// A day on which the service signs.
pub const DAY: &str = "20180621080000";

/// A copy as the service gives it back, signed with the test key of a name on a day.
pub fn signed_by_service(project: &Project, copy: &[u8], name: &str, day: &str) -> Vec<u8> {
    let mut pdf = prepared(copy, day);
    let open = [b"/Contents<".as_slice(), "00".repeat(ROOM).as_bytes()].concat();
    let start = find(&pdf, &open) + "/Contents".len();
    let end = start + 2 * ROOM + 2;
    let range = find(&pdf, UNKNOWN.to_string().as_bytes());
    let width = 3 * UNKNOWN.to_string().len() + 2;
    let numbers = format!("{start} {end} {}", pdf.len() - end);
    pdf[range..range + width].copy_from_slice(format!("{numbers:width$}").as_bytes());
    let covered = [&pdf[..start], &pdf[end..]].concat();
    let message = message(project, &covered, name);
    let digits: String = message.iter().map(|byte| format!("{byte:02x}")).collect();
    pdf[start + 1..start + 1 + digits.len()].copy_from_slice(digits.as_bytes());
    pdf
}

fn find(bytes: &[u8], what: &[u8]) -> usize {
    let mut windows = bytes.windows(what.len());
    windows.position(|window| window == what).unwrap()
}

/// The copy with one revision more, whose signature is still empty.
fn prepared(copy: &[u8], day: &str) -> Vec<u8> {
    let before = Document::load_mem(copy).unwrap();
    let mut catalog = before.catalog().unwrap().clone();
    let root = before.trailer.get(b"Root").unwrap().as_reference().unwrap();
    let page = before.page_iter().next().unwrap();
    let mut own = before.get_dictionary(page).unwrap().clone();
    let mut save = IncrementalDocument::create_from(copy.to_vec(), before);
    let document = &mut save.new_document;
    let unknown = || Object::Integer(UNKNOWN);
    let value = document.add_object(dictionary! {
        "Type" => "Sig", "Filter" => "Adobe.PPKLite", "SubFilter" => "ETSI.CAdES.detached",
        "M" => Object::string_literal(format!("D:{day}Z")),
        "ByteRange" => vec![Object::Integer(0), unknown(), unknown(), unknown()],
        "Contents" => Object::String(vec![0; ROOM], StringFormat::Hexadecimal),
    });
    let widget = document.add_object(dictionary! {
        "Type" => "Annot", "Subtype" => "Widget", "FT" => "Sig", "T" => Object::string_literal("Service1"),
        "Rect" => vec![0.into(), 0.into(), 0.into(), 0.into()], "F" => 132, "P" => page, "V" => value,
    });
    let mut form = Dictionary::new();
    form.set("Fields", vec![widget.into()]);
    form.set("SigFlags", 3);
    catalog.set("AcroForm", form);
    own.set("Annots", vec![widget.into()]);
    document.objects.insert(root, catalog.into());
    document.objects.insert(page, own.into());
    let mut pdf = Vec::new();
    save.save_to(&mut pdf).unwrap();
    pdf
}

fn message(project: &Project, bytes: &[u8], name: &str) -> Vec<u8> {
    let key = project.bytes(&format!("pki/{name}.key"));
    let key = key::pem(&key, None, name).unwrap();
    let chain = certificate::read(&project.bytes(&format!("pki/{name}.pem")), name).unwrap();
    let attributes = signed_attributes(&Hash::Sha256.digest(bytes), &chain[0]).unwrap();
    let value = key.sign(&attributes).unwrap();
    let public = PublicKey::of(chain[0].tbs_certificate().subject_public_key_info()).unwrap();
    let message = Message::new(&attributes, &chain, &public, &public.normal(&value)).unwrap();
    message.to_der().unwrap()
}
