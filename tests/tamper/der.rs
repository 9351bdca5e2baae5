//! DER by hand: a test must be able to write what no honest library would.

/// An element.
pub fn tlv(tag: u8, body: &[u8]) -> Vec<u8> {
    let mut out = vec![tag];
    let length = body.len();
    match length {
        0..=0x7f => out.push(u8::try_from(length).unwrap()),
        0x80..=0xff => out.extend([0x81, u8::try_from(length).unwrap()]),
        _ => {
            out.push(0x82);
            out.extend(u16::try_from(length).unwrap().to_be_bytes());
        }
    }
    out.extend(body);
    out
}

/// A SEQUENCE.
pub fn seq(parts: &[Vec<u8>]) -> Vec<u8> {
    tlv(0x30, &parts.concat())
}

/// The contents of a SET OF, sorted as DER wants it.
pub fn sorted(parts: &[Vec<u8>]) -> Vec<u8> {
    let mut parts = parts.to_vec();
    parts.sort();
    parts.concat()
}

/// A SET OF.
pub fn set(parts: &[Vec<u8>]) -> Vec<u8> {
    tlv(0x31, &sorted(parts))
}

/// An OBJECT IDENTIFIER.
pub fn oid(dotted: &str) -> Vec<u8> {
    let arcs: Vec<u32> = dotted.split('.').map(|arc| arc.parse().unwrap()).collect();
    let mut body = Vec::new();
    let first = arcs[0] * 40 + arcs[1];
    for arc in std::iter::once(first).chain(arcs[2..].iter().copied()) {
        let mut bytes = vec![u8::try_from(arc & 0x7f).unwrap()];
        let mut rest = arc >> 7;
        while rest > 0 {
            bytes.push(u8::try_from(rest & 0x7f).unwrap() | 0x80);
            rest >>= 7;
        }
        bytes.reverse();
        body.extend(bytes);
    }
    tlv(6, &body)
}

/// A small INTEGER.
pub fn int(value: u8) -> Vec<u8> {
    tlv(2, &[value])
}

/// An OCTET STRING.
pub fn octets(body: &[u8]) -> Vec<u8> {
    tlv(4, body)
}

/// A BIT STRING without unused bits.
pub fn bits(body: &[u8]) -> Vec<u8> {
    tlv(3, &[&[0], body].concat())
}

/// A GeneralizedTime of a day, such as `20180101000000Z`.
pub fn time(text: &str) -> Vec<u8> {
    tlv(0x18, text.as_bytes())
}

/// A UTF8String.
pub fn text(text: &str) -> Vec<u8> {
    tlv(0x0c, text.as_bytes())
}
