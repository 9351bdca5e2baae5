//! A time stamp is asked for over HTTP.

use std::io::{Read, Write};
use std::net::TcpListener;
use std::thread;

use cms::content_info::{CmsVersion, ContentInfo};
use cms::signed_data::{EncapsulatedContentInfo, SignedData, SignerInfos};
use der::asn1::{Int, ObjectIdentifier, OctetString, SetOfVec};
use der::{Any, Decode, Encode, Tag};
use tryk::sign::cms::types::{self, TimeStampReq, TstInfo};

use crate::{DAY, ISSUED, P384, RSA, SIGNED, code, issued, local, sign};

#[test]
fn a_time_stamp_is_asked_for_and_put_in() {
    let project = issued();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}/tsr", listener.local_addr().unwrap());
    let authority = thread::spawn(move || answer(&listener));
    // Nobody signed the stamp, so it would not do for a record.
    let letter = project.bytes(ISSUED);
    let project = project.write("letter.pdf", letter);
    let words =
        format!("local letter.pdf --field sign_kk {RSA} --tsa {address} --output signed.pdf");
    let _ran = sign(&project, &words, &DAY).clean();
    authority.join().unwrap();
    let token: String = types::TIMESTAMP_TOKEN
        .as_bytes()
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    let pdf = String::from_utf8_lossy(&project.bytes("signed.pdf")).into_owned();
    assert!(pdf.contains(&token));

    let secure = local(
        &project,
        "sign_ssp",
        &format!("{P384} --tsa https://tsa.example"),
    );
    assert_eq!(code(secure), "S08");
    assert!(project.files(SIGNED).is_empty());
}

/// A time-stamping authority that answers once, with a token that nobody signed.
fn answer(listener: &TcpListener) {
    let (mut stream, _) = listener.accept().unwrap();
    let mut asked = Vec::new();
    let request = loop {
        let mut part = [0; 1024];
        let read = stream.read(&mut part).unwrap();
        asked.extend_from_slice(&part[..read]);
        let Some(end) = asked.windows(4).position(|window| window == b"\r\n\r\n") else {
            continue;
        };
        if let Ok(request) = TimeStampReq::from_der(&asked[end + 4..]) {
            break request;
        }
    };
    let stamp = TstInfo {
        version: 1,
        policy: ObjectIdentifier::new_unwrap("1.2.3.4"),
        message_imprint: request.message_imprint,
        serial_number: Int::new(&[1]).unwrap(),
        gen_time: Any::new(Tag::GeneralizedTime, b"20180620120000.5Z".to_vec()).unwrap(),
        accuracy: None,
        ordering: false,
        nonce: None,
        tsa: None,
        extensions: None,
    };
    let content = OctetString::new(stamp.to_der().unwrap()).unwrap();
    let data = SignedData {
        version: CmsVersion::V3,
        digest_algorithms: SetOfVec::new(),
        encap_content_info: EncapsulatedContentInfo {
            econtent_type: types::TST_INFO,
            econtent: Some(Any::encode_from(&content).unwrap()),
        },
        certificates: None,
        crls: None,
        signer_infos: SignerInfos(SetOfVec::new()),
    };
    let token = ContentInfo {
        content_type: types::SIGNED_DATA,
        content: Any::encode_from(&data).unwrap(),
    };
    let response = types::TimeStampResp {
        status: types::PkiStatusInfo {
            status: 0,
            status_string: None,
            fail_info: None,
        },
        time_stamp_token: Some(Any::encode_from(&token).unwrap()),
    };
    let body = response.to_der().unwrap();
    write!(stream, "HTTP/1.1 200 OK\r\nContent-Type: application/timestamp-reply\r\nContent-Length: {}\r\nConnection: close\r\n\r\n", body.len()).unwrap();
    stream.write_all(&body).unwrap();
}
