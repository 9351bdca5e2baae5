//! Keys on tokens (smart cards, HSMs) through PKCS #11. The key never leaves the token.

use std::path::Path;

use cryptoki::context::{CInitializeArgs, CInitializeFlags, Pkcs11};
use cryptoki::mechanism::Mechanism;
use cryptoki::object::{Attribute, AttributeType, KeyType, ObjectClass, ObjectHandle};
use cryptoki::session::{Session, UserType};
use cryptoki::types::AuthPin;
use sha2::{Digest, Sha256};
use x509_cert::Certificate;

use super::{Identity, Passphrase, Signer, fault};
use crate::diagnostic::Finding;
use crate::sign::cms::certificate;

/// A key on a token, with the session that it is used in.
struct TokenKey {
    // The library is unloaded when this goes, so it must outlive the session.
    session: Session,
    _library: Pkcs11,
    key: ObjectHandle,
    kind: KeyType,
}

/// Which key on which token.
pub struct TokenName<'a> {
    /// The driver's library, such as `/usr/lib/softhsm/libsofthsm2.so`.
    pub module: &'a Path,
    /// The token's label.
    pub token: &'a str,
    /// The key's label.
    pub key: &'a str,
}

/// Opens a token and finds the key; `certificates` are the signer's and those above it.
///
/// # Errors
/// A finding when the token or key is not there, or the PIN is wrong.
pub fn pkcs11(
    name: &TokenName<'_>,
    pin: &Passphrase,
    certificates: &[Certificate],
) -> Result<Identity, Box<Finding>> {
    let (token, label) = (name.token, name.key);
    let library = Pkcs11::new(name.module).map_err(|error| {
        refused(
            &format!("the driver {} cannot be loaded", name.module.display()),
            &error,
        )
    })?;
    library
        .initialize(CInitializeArgs::new(CInitializeFlags::OS_LOCKING_OK))
        .map_err(|error| refused("the driver cannot be started", &error))?;
    let slots = library
        .get_slots_with_token()
        .map_err(|error| refused("the driver finds no token", &error))?;
    let slot = slots.into_iter().find(|slot| {
        library
            .get_token_info(*slot)
            .is_ok_and(|info| info.label() == token)
    });
    let slot =
        slot.ok_or_else(|| Box::new(fault(format!("there is no token with the label {token}"))))?;
    let session = library
        .open_ro_session(slot)
        .map_err(|error| refused(&format!("the token {token} cannot be opened"), &error))?;
    let pin = AuthPin::new(pin.as_str().into());
    session
        .login(UserType::User, Some(&pin))
        .map_err(|error| refused(&format!("the token {token} refuses the PIN"), &error))?;
    let template = [
        Attribute::Class(ObjectClass::PRIVATE_KEY),
        Attribute::Label(label.as_bytes().to_vec()),
    ];
    let found = session
        .find_objects(&template)
        .map_err(|error| refused(&format!("the token {token} cannot be searched"), &error))?;
    let [key] = found.as_slice() else {
        let message = format!(
            "the token {token} has {} private keys with the label {label}, not one",
            found.len()
        );
        return Err(Box::new(fault(message)));
    };
    let attributes = session
        .get_attributes(*key, &[AttributeType::KeyType])
        .map_err(|error| {
            refused(
                &format!("the key {label} cannot be asked for its kind"),
                &error,
            )
        })?;
    let Some(Attribute::KeyType(kind)) = attributes.first() else {
        return Err(Box::new(fault(format!("the key {label} has no kind"))));
    };
    let signer = certificates.first().ok_or_else(|| {
        Box::new(fault(
            "a key on a token needs its certificate (--cert FILE)",
        ))
    })?;
    Ok(Identity {
        chain: certificate::chain(signer, certificates),
        signer: Box::new(TokenKey {
            key: *key,
            kind: *kind,
            session,
            _library: library,
        }),
    })
}

impl Signer for TokenKey {
    fn sign(&self, bytes: &[u8]) -> Result<Vec<u8>, Box<Finding>> {
        let signed = match self.kind {
            KeyType::RSA => self
                .session
                .sign(&Mechanism::Sha256RsaPkcs, self.key, bytes),
            KeyType::EC => {
                let digest = Sha256::digest(bytes);
                self.session.sign(&Mechanism::Ecdsa, self.key, &digest)
            }
            _ => {
                return Err(Box::new(fault(
                    "the key on the token is neither RSA nor ECDSA",
                )));
            }
        };
        signed.map_err(|error| refused("the token does not sign", &error))
    }
}

fn refused(what: &str, error: &cryptoki::error::Error) -> Box<Finding> {
    Box::new(fault(format!("{what}: {error}")))
}
