//! Attacks on the cryptographic message: signers, certificates, digests, time stamps. The file around it is honest.

use super::{Attack, Ground, attack};
use crate::cms::{Cms, SHA1, attribute, stamp, token};
use crate::der::{oid, seq, text, tlv};
use crate::pdf::{Open, signing};
use crate::pki::{Identity, Key, RSA_SHA1, Request, issue};
use tryk::sign::verify::Word;

pub fn all(ground: &Ground) -> Vec<Attack> {
    let mut all = messages(ground);
    all.extend(signers(ground));
    all.extend(stamps(ground));
    all
}

struct Desk<'a> {
    ground: &'a Ground,
    open: Open,
}

impl<'a> Desk<'a> {
    fn new(ground: &'a Ground) -> Self {
        let open = signing(1).open(&ground.half);
        Self { ground, open }
    }

    /// The second signature, changed.
    fn with(&self, change: impl FnOnce(&mut Cms)) -> Vec<u8> {
        self.by(&self.ground.pki.second, change)
    }

    fn by(&self, who: &Identity, change: impl FnOnce(&mut Cms)) -> Vec<u8> {
        let mut cms = Cms::over(&self.ground.pki, who, &self.open.covered());
        change(&mut cms);
        self.open.fill(&cms.der())
    }
}

fn messages(ground: &Ground) -> Vec<Attack> {
    let family = "message";
    let desk = Desk::new(ground);
    let pki = &ground.pki;
    let twin = {
        // The same key, name and number, but another organisation in the certificate's extensions.
        let mut request = Request::person(4, "B. Beta", "Beta Politi");
        request.usage = None;
        pki.person(&request, &pki.second.key)
    };
    let of_first = Cms::over(pki, &pki.first, &signing(0).open(&ground.base).covered()).der();
    let unsigned = attribute("1.2.840.113549.1.9.16.2.99", text("free"));
    let word = Word::Invalid;
    vec![
        attack(
            family,
            "message-two-signers",
            "the message holds the signer twice",
            word,
            desk.with(|cms| cms.signers = 2),
        ),
        attack(
            family,
            "message-no-signer",
            "the message holds no signer",
            word,
            desk.with(|cms| cms.signers = 0),
        ),
        attack(
            family,
            "message-certificate-swapped",
            "another certificate for the same key and number is put in",
            word,
            desk.with(|cms| cms.certificates[0] = twin.certificate.clone()),
        ),
        attack(
            family,
            "message-certificate-missing",
            "the signer's certificate is taken out",
            word,
            desk.with(|cms| {
                cms.certificates.remove(0);
            }),
        ),
        attack(
            family,
            "message-certificate-doubled",
            "a second certificate claims to be the signer's",
            word,
            desk.with(|cms| cms.certificates.push(twin.certificate.clone())),
        ),
        attack(
            family,
            "message-certificate-stranger",
            "a certificate is added that nothing needs",
            Word::Indeterminate,
            desk.with(|cms| cms.certificates.push(pki.stamper.certificate.clone())),
        ),
        attack(
            family,
            "message-uncommitted",
            "the signer commits to no certificate",
            word,
            desk.with(|cms| cms.committed = None),
        ),
        attack(
            family,
            "message-bare",
            "the message has no signed attributes",
            word,
            desk.with(|cms| cms.has_attributes = false),
        ),
        attack(
            family,
            "message-other-digest",
            "the message signs the digest of other bytes",
            Word::Changed,
            desk.with(|cms| cms.digest[0] ^= 1),
        ),
        attack(
            family,
            "message-sha1",
            "the digest is SHA-1",
            word,
            desk.with(|cms| cms.digest_algorithm = SHA1),
        ),
        attack(
            family,
            "message-sha1-signature",
            "the signature is called SHA-1 with RSA",
            word,
            desk.with(|cms| cms.signature_algorithm = seq(&[oid(RSA_SHA1), tlv(5, &[])])),
        ),
        attack(
            family,
            "message-other-key",
            "the signature is made with another key",
            Word::Changed,
            desk.with(|cms| cms.signer.key = Key::number(77)),
        ),
        attack(
            family,
            "message-embedded",
            "the message brings a content of its own",
            word,
            desk.with(|cms| cms.embedded = Some(b"other".to_vec())),
        ),
        attack(
            family,
            "message-copied",
            "the first party's message is copied into the second field",
            Word::Changed,
            desk.open.fill(&of_first),
        ),
        attack(
            family,
            "message-unsigned-attribute",
            "an attribute is added that nothing protects",
            Word::Indeterminate,
            desk.with(|cms| cms.unsigned.push(unsigned)),
        ),
        attack(
            family,
            "message-no-message",
            "the hole holds no message",
            word,
            desk.open.fill(&seq(&[text("hello")])),
        ),
    ]
}

fn signers(ground: &Ground) -> Vec<Attack> {
    let family = "signer";
    let desk = Desk::new(ground);
    let pki = &ground.pki;
    let beta = |serial| Request::person(serial, "B. Beta", "Beta Politi");
    let person = |request: &Request| pki.person(request, &Key::number(request.serial));
    let by =
        |name, what, word, who: &Identity| attack(family, name, what, word, desk.by(who, |_| {}));
    let expired = person(&Request {
        to: "20180101000000Z",
        ..beta(20)
    });
    let early = person(&Request {
        from: "20190101000000Z",
        ..beta(21)
    });
    let server = person(&Request {
        purpose: Some("1.3.6.1.5.5.7.3.1"),
        ..beta(22)
    });
    let crl_only = person(&Request {
        usage: Some(0x02),
        ..beta(23)
    });
    let authority = person(&Request {
        is_authority: true,
        usage: Some(0x86),
        ..beta(24)
    });
    let stranger = person(&Request::person(25, "C. Stranger", "Gamma"));
    let weak = pki.person(&beta(26), &Key::rsa(include_str!("../weak.key")));
    let impostor = {
        let make = |serial, common: &str| Request {
            is_authority: true,
            usage: Some(0x06),
            ..Request::person(serial, common, "Test")
        };
        let root = issue(&make(1, "Test Root"), &Key::number(91), None);
        let middle = issue(&make(2, "Test Intermediate"), &Key::number(92), Some(&root));
        (issue(&beta(4), &Key::number(93), Some(&middle)), middle)
    };
    let forged = desk.by(&impostor.0, |cms| {
        cms.certificates[1] = impostor.1.certificate.clone();
    });
    let own = issue(&beta(27), &Key::number(27), None);
    let alone = desk.by(&own, |cms| {
        cms.certificates.truncate(1);
        cms.sid = own.sid(&own);
    });
    let leaf = issue(&beta(28), &Key::number(28), Some(&pki.first));
    let under = desk.by(&leaf, |cms| {
        cms.certificates.push(pki.first.certificate.clone());
        cms.sid = leaf.sid(&pki.first);
    });
    vec![
        attack(
            family,
            "signer-impostor",
            "an authority of the same name issued the certificate",
            Word::Invalid,
            forged,
        ),
        attack(
            family,
            "signer-self-issued",
            "the signer issued the certificate",
            Word::Indeterminate,
            alone,
        ),
        attack(
            family,
            "signer-issued-by-person",
            "another signer issued the certificate",
            Word::Invalid,
            under,
        ),
        by(
            "signer-expired",
            "the certificate had expired",
            Word::Invalid,
            &expired,
        ),
        by(
            "signer-too-early",
            "the certificate was not yet valid",
            Word::Invalid,
            &early,
        ),
        by(
            "signer-server",
            "the certificate is for a web server",
            Word::Invalid,
            &server,
        ),
        by(
            "signer-key-usage",
            "the key may not sign documents",
            Word::Invalid,
            &crl_only,
        ),
        by(
            "signer-authority",
            "the certificate is an authority's",
            Word::Invalid,
            &authority,
        ),
        by(
            "signer-weak-key",
            "the key is RSA of 1024 bits",
            Word::Invalid,
            &weak,
        ),
        by(
            "signer-stranger",
            "somebody else signs for the second party",
            Word::Indeterminate,
            &stranger,
        ),
        by(
            "signer-first-party",
            "the first party signs for the second",
            Word::Indeterminate,
            &pki.first,
        ),
    ]
}

fn stamps(ground: &Ground) -> Vec<Attack> {
    let family = "time stamp";
    let desk = Desk::new(ground);
    let pki = &ground.pki;
    let at = "20180620100000Z";
    let honest = |cms: &Cms| token(pki, &cms.value(), at);
    let first = Cms::over(pki, &pki.first, &signing(0).open(&ground.base).covered());
    let copied = stamp(&honest(&first));
    let by_person = |cms: &Cms| {
        let mut token = honest(cms);
        token.committed = Some(pki.first.certificate.clone());
        token.certificates[0] = pki.first.certificate.clone();
        token.sid = pki.first.sid(&pki.middle);
        token.signer = pki.first.clone();
        token
    };
    let word = Word::Invalid;
    vec![
        attack(
            family,
            "stamp-copied",
            "the time stamp is another signature's",
            word,
            desk.with(|cms| cms.unsigned.push(copied)),
        ),
        attack(
            family,
            "stamp-by-person",
            "a person stamps the time",
            word,
            desk.with(|cms| {
                let token = by_person(cms);
                cms.unsigned.push(stamp(&token));
            }),
        ),
        attack(
            family,
            "stamp-doubled",
            "there are two time stamps",
            word,
            desk.with(|cms| {
                let tokens = [honest(cms), token(pki, &cms.value(), "20190620100000Z")];
                cms.unsigned.extend(tokens.iter().map(stamp));
            }),
        ),
        attack(
            family,
            "stamp-changed",
            "the time in the stamp is changed",
            Word::Changed,
            desk.with(|cms| {
                let mut token = honest(cms);
                let info = token.embedded.as_mut().unwrap();
                let place = crate::pdf::first(info, b"2018");
                info[place + 3] = b'7';
                cms.unsigned.push(stamp(&token));
            }),
        ),
        attack(
            family,
            "stamp-two-signers",
            "the time stamp has two signers",
            word,
            desk.with(|cms| {
                let mut token = honest(cms);
                token.signers = 2;
                cms.unsigned.push(stamp(&token));
            }),
        ),
        attack(
            family,
            "stamp-expired-signer",
            "the time stamp proves that the certificate had not begun",
            word,
            desk.with(|cms| *cms = cms.clone().stamped(pki, "20140101000000Z")),
        ),
    ]
}
