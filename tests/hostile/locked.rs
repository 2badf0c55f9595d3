//! PDFs behind every kind of lock, with a password that everybody has and with one that nobody has.
//!
//! The random numbers in them differ from call to call; what must be said of them does not.

use super::case::{Case, Says, pdf};
use super::object::Pdf;
use lopdf::encryption::crypt_filters::{Aes128CryptFilter, Aes256CryptFilter, CryptFilter};
use lopdf::{Document, EncryptionState, EncryptionVersion, Object, Permissions, StringFormat};
use std::collections::BTreeMap;
use std::sync::Arc;

pub(crate) const CASES: &[Case] = &[
    pdf("rc4-of-40-bits", || locked(Lock::Rc4(40), ""), Says::Whole),
    pdf("rc4-of-40-bits-with-a-password", || locked(Lock::Rc4(40), SECRET), ASKS),
    pdf("rc4-of-128-bits", || locked(Lock::Rc4(128), ""), Says::Whole),
    pdf("rc4-of-128-bits-with-a-password", || locked(Lock::Rc4(128), SECRET), ASKS),
    pdf("aes-of-128-bits", || locked(Lock::Aes128, ""), Says::Whole),
    pdf("aes-of-128-bits-with-a-password", || locked(Lock::Aes128, SECRET), ASKS),
    pdf("aes-of-256-bits-revision-5", || locked(Lock::Aes256(5), ""), Says::Whole),
    pdf("aes-of-256-bits-revision-5-with-a-password", || locked(Lock::Aes256(5), SECRET), ASKS),
    pdf("aes-of-256-bits-revision-6", || locked(Lock::Aes256(6), ""), Says::Whole),
    pdf("aes-of-256-bits-revision-6-with-a-password", || locked(Lock::Aes256(6), SECRET), ASKS),
    pdf(
        "a-lock-of-an-unknown-kind",
        || with_lock("<< /Filter /Own /V 99 /R 99 >>"),
        Says::Unread("encrypted in a way"),
    ),
    pdf(
        "a-lock-without-a-key",
        || with_lock("<< /Filter /Standard /V 4 /R 4 /P -4 >>"),
        Says::Unread("encrypted in a way"),
    ),
    pdf(
        "a-lock-of-huge-numbers",
        || with_lock("<< /Filter /Standard /V 2 /R 3 /Length 2147483647 /P 99999999999 /O (a) /U (b) >>"),
        Says::Unread("asks for a password"),
    ),
    pdf("a-lock-that-is-itself", || with_lock("6 0 R"), Says::Whole),
    pdf(
        "a-lock-with-filters-of-filters",
        || {
            with_lock(
                "<< /Filter /Standard /V 5 /R 6 /Length 256 /P -4 /O () /U () /OE () /UE () /Perms () /CF 6 0 R /StmF /CF /StrF /CF >>",
            )
        },
        Says::Unread("encrypted in a way"),
    ),
];

const SECRET: &str = "quiet-flows";
const ASKS: Says = Says::Unread("password");

/// A kind of lock. Source: ISO 32000-2 §7.6.
#[derive(Clone, Copy)]
enum Lock {
    Rc4(usize),
    Aes128,
    Aes256(u8),
}

fn locked(lock: Lock, password: &str) -> Vec<u8> {
    let mut document = Document::load_mem(&Pdf::default().bytes()).expect("a sound file");
    let id = Object::String(b"0123456789abcdef".to_vec(), StringFormat::Literal);
    document.trailer.set("ID", Object::Array(vec![id.clone(), id]));
    let state = state(&document, lock, password);
    document.encrypt(&state).expect("it can be locked");
    let mut out = Vec::new();
    document.save_to(&mut out).expect("a vector takes everything");
    out
}

#[expect(deprecated, reason = "files of revision 5 exist and must be told apart from broken ones")]
fn state(document: &Document, lock: Lock, user_password: &str) -> EncryptionState {
    let (owner_password, permissions) = ("owner", Permissions::all());
    let (filter, key) = (b"StdCF".to_vec(), [7_u8; 32]);
    let filters = |kind: Arc<dyn CryptFilter>| BTreeMap::from([(b"StdCF".to_vec(), kind)]);
    let aes256 = || filters(Arc::new(Aes256CryptFilter));
    let (stream_filter, string_filter, encrypt_metadata) = (filter.clone(), filter, true);
    let version = match lock {
        Lock::Rc4(40) => EncryptionVersion::V1 { document, owner_password, user_password, permissions },
        Lock::Rc4(key_length) => {
            EncryptionVersion::V2 { document, owner_password, user_password, key_length, permissions }
        }
        Lock::Aes128 => EncryptionVersion::V4 {
            document,
            encrypt_metadata,
            crypt_filters: filters(Arc::new(Aes128CryptFilter)),
            stream_filter,
            string_filter,
            owner_password,
            user_password,
            permissions,
        },
        Lock::Aes256(5) => EncryptionVersion::R5 {
            encrypt_metadata,
            crypt_filters: aes256(),
            file_encryption_key: &key,
            stream_filter,
            string_filter,
            owner_password,
            user_password,
            permissions,
        },
        Lock::Aes256(_) => EncryptionVersion::V5 {
            encrypt_metadata,
            crypt_filters: aes256(),
            file_encryption_key: &key,
            stream_filter,
            string_filter,
            owner_password,
            user_password,
            permissions,
        },
    };
    EncryptionState::try_from(version).expect("a sound lock")
}

/// A file in the clear that says it is locked.
fn with_lock(lock: &str) -> Vec<u8> {
    let mut pdf = Pdf::default().object(lock);
    pdf.trailer = "/Encrypt 6 0 R /ID [<00> <00>]".to_owned();
    pdf.bytes()
}
