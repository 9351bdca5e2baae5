//! Writing a revision: objects, a cross-reference section of the kind that the file has, and a trailer that leads to the one before.

use std::collections::BTreeMap;

use lopdf::xref::XrefType;
use lopdf::{Dictionary, Object, ObjectId, StringFormat, Writer};
use sha2::{Digest, Sha256};

use super::base::Base;

/// A revision that is being put together.
pub(super) struct Revision<'a> {
    base: &'a Base,
    bodies: BTreeMap<ObjectId, Vec<u8>>,
    next: u32,
}

/// A written revision.
pub(super) struct Written {
    /// The whole file.
    pub bytes: Vec<u8>,
    /// Where the body of each object begins.
    pub offsets: BTreeMap<ObjectId, usize>,
}

impl<'a> Revision<'a> {
    pub(super) fn new(base: &'a Base) -> Self {
        // The highest number in use may be above what the trailer says, and the other way round.
        let size = base
            .document
            .trailer
            .get(b"Size")
            .and_then(Object::as_i64)
            .ok();
        let size = size.and_then(|size| u32::try_from(size).ok()).unwrap_or(0);
        Self {
            base,
            bodies: BTreeMap::new(),
            next: size.max(base.document.max_id.saturating_add(1)),
        }
    }

    /// A number for a new object.
    pub(super) fn reserve(&mut self) -> ObjectId {
        let id = (self.next, 0);
        self.next = self.next.saturating_add(1);
        id
    }

    /// Sets an object, new or old.
    pub(super) fn put(&mut self, id: ObjectId, object: &Object) -> Result<(), String> {
        let mut body = Vec::new();
        Writer::write_object(&mut body, object).map_err(|error| error.to_string())?;
        self.bodies.insert(id, body);
        Ok(())
    }

    /// Sets an object by its bytes.
    pub(super) fn put_bytes(&mut self, id: ObjectId, body: Vec<u8>) {
        self.bodies.insert(id, body);
    }

    /// The file with this revision.
    pub(super) fn write(mut self) -> Result<Written, String> {
        let document = &self.base.document;
        let mut bytes = self.base.bytes.clone();
        if !bytes.ends_with(b"\n") {
            bytes.push(b'\n');
        }
        let (mut starts, mut offsets) = (BTreeMap::new(), BTreeMap::new());
        let mut digest = Sha256::new();
        digest.update(&bytes);
        for (id, body) in &self.bodies {
            starts.insert(*id, bytes.len());
            bytes.extend_from_slice(format!("{} {} obj\n", id.0, id.1).as_bytes());
            offsets.insert(*id, bytes.len());
            bytes.extend_from_slice(body);
            bytes.extend_from_slice(b"\nendobj\n");
            digest.update(body);
        }
        let name: Vec<u8> = digest.finalize().iter().take(16).copied().collect();
        let mut trailer = self.trailer(name);
        let start = bytes.len();
        match document.reference_table.cross_reference_type {
            XrefType::CrossReferenceTable => {
                trailer.set("Size", i64::from(self.next));
                table(&mut bytes, &starts);
                bytes.extend_from_slice(b"trailer\n");
                write(&mut bytes, &trailer.into())?;
                bytes.push(b'\n');
            }
            XrefType::CrossReferenceStream => {
                let id = self.reserve();
                starts.insert(id, start);
                trailer.set("Size", i64::from(self.next));
                stream(&mut bytes, id, trailer, &starts)?;
            }
        }
        bytes.extend_from_slice(format!("startxref\n{start}\n%%EOF\n").as_bytes());
        Ok(Written { bytes, offsets })
    }

    /// The trailer, without its size. The first half of the identifier stays, the second is new.
    fn trailer(&self, name: Vec<u8>) -> Dictionary {
        let old = &self.base.document.trailer;
        let mut trailer = Dictionary::new();
        for key in ["Root", "Info"] {
            if let Ok(value) = old.get(key.as_bytes()) {
                trailer.set(key, value.clone());
            }
        }
        let name = Object::String(name, StringFormat::Hexadecimal);
        let first = old
            .get(b"ID")
            .and_then(Object::as_array)
            .ok()
            .and_then(|pair| pair.first())
            .cloned();
        // A file that had no permanent identifier gets none: a verifier would call it another file.
        if let Some(first) = first {
            trailer.set("ID", vec![first, name]);
        }
        let before = i64::try_from(self.base.document.xref_start).unwrap_or(i64::MAX);
        trailer.set("Prev", before);
        trailer
    }
}

/// Runs of numbers that follow on one another, each with the places of its objects.
fn runs(starts: &BTreeMap<ObjectId, usize>) -> Vec<(u32, Vec<(u16, usize)>)> {
    let mut runs: Vec<(u32, Vec<(u16, usize)>)> = Vec::new();
    for (&(number, generation), &start) in starts {
        match runs.last_mut() {
            Some((first, run)) if *first as usize + run.len() == number as usize => {
                run.push((generation, start));
            }
            _ => runs.push((number, vec![(generation, start)])),
        }
    }
    runs
}

/// A cross-reference table (ISO 32000-1, 7.5.4): every entry is 20 bytes.
fn table(bytes: &mut Vec<u8>, starts: &BTreeMap<ObjectId, usize>) {
    bytes.extend_from_slice(b"xref\n");
    for (first, run) in runs(starts) {
        bytes.extend_from_slice(format!("{first} {}\n", run.len()).as_bytes());
        for (generation, start) in run {
            bytes.extend_from_slice(format!("{start:010} {generation:05} n \n").as_bytes());
        }
    }
}

/// A cross-reference stream (ISO 32000-1, 7.5.8).
fn stream(
    bytes: &mut Vec<u8>,
    id: ObjectId,
    mut trailer: Dictionary,
    starts: &BTreeMap<ObjectId, usize>,
) -> Result<(), String> {
    let (mut index, mut entries) = (Vec::<Object>::new(), Vec::new());
    for (first, run) in runs(starts) {
        index.push(i64::from(first).into());
        index.push(i64::try_from(run.len()).unwrap_or(0).into());
        for (generation, start) in run {
            entries.push(1);
            entries.extend_from_slice(&(start as u64).to_be_bytes());
            entries.extend_from_slice(&generation.to_be_bytes());
        }
    }
    trailer.set("Type", Object::Name(b"XRef".to_vec()));
    trailer.set("W", vec![1.into(), 8.into(), 2.into()]);
    trailer.set("Index", index);
    bytes.extend_from_slice(format!("{} {} obj\n", id.0, id.1).as_bytes());
    write(bytes, &Object::Stream(lopdf::Stream::new(trailer, entries)))?;
    bytes.extend_from_slice(b"\nendobj\n");
    Ok(())
}

fn write(bytes: &mut Vec<u8>, object: &Object) -> Result<(), String> {
    Writer::write_object(bytes, object).map_err(|error| error.to_string())
}
