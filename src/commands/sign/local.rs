//! `tryk sign local`: with a key of one's own.

use super::{Counter, certificates, needs_output, note, read_small, secret, target, told};
use crate::build::{Desk, Stopped};
use crate::cli::{KeyArgs, LocalArgs};
use crate::commands::clock;
use crate::sign::cms::certificate;
use crate::sign::key::{self, Identity};

impl Counter<'_> {
    pub(super) fn local(&self, args: &LocalArgs) -> Result<Vec<String>, Stopped> {
        let target = target(&args.what.target)?;
        needs_output(&target, args.output.as_deref())?;
        // The pass phrase is asked for before the lock is taken.
        let identity = identity(args)?;
        let desk = Desk::new(self.project, &target, true, &|event| self.waiting(event))?;
        let paper = desk.open(&target)?;
        let prepared = self.prepared(&paper, &args.what, &identity.chain)?;
        let awaiting = prepared.for_signer(identity.chain)?;
        let value = identity.signer.sign(awaiting.to_sign())?;
        let sealed = self.stamped(awaiting.sealed(&value)?, args.stamp.tsa.as_deref())?;
        let signer = certificate::subject(sealed.signer());
        let signed = sealed.signed()?;
        let kept = paper.keep(
            &args.what.field,
            &signed.pdf,
            args.output.as_deref(),
            clock::now(),
        )?;
        let mut lines = told(&paper, &args.what.field, &signer, &kept);
        lines.extend(note(&paper, false));
        Ok(lines)
    }
}

fn identity(args: &LocalArgs) -> Result<Identity, Stopped> {
    let mut known = certificates(&args.certificates)?;
    if let Some(path) = &args.key.p12 {
        let (file, shown) = (read_small(path)?, path.display().to_string());
        let passphrase = secret::passphrase(&args.key, &format!("Pass phrase of {shown}: "))?;
        return Ok(key::pkcs12(&file, &passphrase, &shown)?);
    }
    if let Some(path) = &args.key.pem {
        let (file, shown) = (
            zeroize::Zeroizing::new(read_small(path)?),
            path.display().to_string(),
        );
        let passphrase = if key::is_encrypted(&file) {
            Some(secret::passphrase(
                &args.key,
                &format!("Pass phrase of {shown}: "),
            )?)
        } else {
            None
        };
        let own = key::pem(&file, passphrase.as_ref(), &shown)?;
        known.extend(certificate::read_all(&file, &shown)?);
        return Ok(Identity::of(own, &known)?);
    }
    token(&args.key, &known)
}

#[cfg(feature = "pkcs11")]
fn token(args: &KeyArgs, known: &[x509_cert::Certificate]) -> Result<Identity, Stopped> {
    let missing = || Stopped::Failure("a token needs --pkcs11, --token and --key".to_owned());
    let name = key::pkcs11::TokenName {
        module: args.pkcs11.as_deref().ok_or_else(missing)?,
        token: args.token.as_deref().ok_or_else(missing)?,
        key: args.key.as_deref().ok_or_else(missing)?,
    };
    let pin = secret::passphrase(args, &format!("PIN of the token {}: ", name.token))?;
    Ok(key::pkcs11::pkcs11(&name, &pin, known)?)
}

#[cfg(not(feature = "pkcs11"))]
fn token(_: &KeyArgs, _: &[x509_cert::Certificate]) -> Result<Identity, Stopped> {
    Err(Stopped::Failure(
        "this tryk cannot use tokens: build it with `cargo install --path . --features pkcs11`, or use `tryk sign prepare` and the token's own tool"
            .to_owned(),
    ))
}
