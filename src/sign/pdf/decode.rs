//! The filters of a stream, taken off by lopdf within a limit.

use lopdf::{Dictionary as Decoder, Object as Value, Stream};

use super::object::{Dictionary, Object};

/// The most bytes that one stream may unpack to.
const UNPACKED: usize = 16 << 20;

/// The data of a stream without its filter; none when they cannot be had. Only `FlateDecode` is known, which is all that structure uses.
pub fn decoded(dictionary: &Dictionary, data: &[u8]) -> Option<Vec<u8>> {
    let filter = dictionary.get(b"Filter".as_slice());
    match filter {
        None => return Some(data.to_vec()),
        Some(Object::Name(name)) if name == b"FlateDecode" => {}
        Some(Object::Array(all)) if *all == [Object::Name(b"FlateDecode".to_vec())] => {}
        Some(_) => return None,
    }
    let mut decoder = Decoder::new();
    decoder.set("Filter", Value::Name(b"FlateDecode".to_vec()));
    if let Some(parameters) = dictionary.get(b"DecodeParms".as_slice()) {
        let parameters = match parameters {
            Object::Array(all) => all.first()?,
            one => one,
        };
        decoder.set("DecodeParms", predictor(parameters.as_dictionary()?)?);
    }
    let stream = Stream::new(decoder, data.to_vec());
    stream.decompressed_content_with_limit(UNPACKED).ok()
}

fn predictor(parameters: &Dictionary) -> Option<Decoder> {
    let mut known = Decoder::new();
    for (key, value) in parameters {
        let value = value.as_integer().filter(|one| (0..=4096).contains(one))?;
        known.set(key.clone(), value);
    }
    Some(known)
}
