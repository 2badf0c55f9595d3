//! Who may use the service: tokens, of which only a digest is kept, and how much each may ask for.

use super::error::ServeError;
use super::store::{Store, TokenRow, now};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::io;
use std::sync::Mutex;
use std::time::{Duration, Instant};
use subtle::ConstantTimeEq as _;

/// So many bytes that nobody can guess, as hexadecimal digits.
///
/// # Errors
/// A system without a source of them.
pub(super) fn random<const BYTES: usize>() -> io::Result<String> {
    let mut bytes = [0; BYTES];
    getrandom::fill(&mut bytes).map_err(|error| io::Error::other(error.to_string()))?;
    Ok(hexadecimal(&bytes))
}

pub(super) fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn digest(token: &str) -> String {
    hexadecimal(&Sha256::digest(token.as_bytes()))
}

/// The name of the one who has this token. Every token is looked at, and each in the same time, whatever is alike.
pub(super) fn owner<'t>(tokens: &'t [TokenRow], token: &str) -> Option<&'t str> {
    let digest = digest(token);
    let mut owner = None;
    for row in tokens {
        if bool::from(row.hash.as_bytes().ct_eq(digest.as_bytes())) {
            owner = Some(row.name.as_str());
        }
    }
    owner
}

/// Makes a token; it is told once and cannot be read again.
pub(super) async fn add(store: &dyn Store, name: &str) -> Result<String, ServeError> {
    let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | '@');
    if name.is_empty() || name.len() > LONGEST_NAME || !name.chars().all(is_name) {
        let why = "a name has letters, digits and - _ . @, and at most 64 of them".to_owned();
        return Err(ServeError::Token { why });
    }
    let token = format!("dlde_{}", random::<32>()?);
    let row = TokenRow { name: name.to_owned(), hash: digest(&token), created: now() };
    if store.add_token(&row).await? {
        Ok(token)
    } else {
        Err(ServeError::Token { why: format!("there is a token {name} already") })
    }
}

/// The longest name of a token, in bytes.
const LONGEST_NAME: usize = 64;

/// How many uploads each may hand in: so many a minute, and as many at once.
pub(super) struct Allowance {
    a_minute: u32,
    left: Mutex<BTreeMap<String, (f64, Instant)>>,
}

impl Allowance {
    pub(super) fn new(a_minute: u32) -> Self {
        Self { a_minute, left: Mutex::default() }
    }

    /// Takes one; otherwise how long to wait for the next.
    pub(super) fn take(&self, name: &str) -> Result<(), Duration> {
        let most = f64::from(self.a_minute);
        let Ok(mut all) = self.left.lock() else { return Ok(()) };
        let (left, since) = all.entry(name.to_owned()).or_insert((most, Instant::now()));
        let earned = since.elapsed().as_secs_f64() * most / 60.0;
        *left = (*left + earned).min(most);
        *since = Instant::now();
        if *left < 1.0 {
            return Err(Duration::from_secs_f64((1.0 - *left) * 60.0 / most.max(1.0)));
        }
        *left -= 1.0;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_whole_token_has_an_owner() {
        let row =
            |name: &str, token: &str| TokenRow { name: name.to_owned(), hash: digest(token), created: 0 };
        let rows = [row("chair", "dlde_1"), row("pipeline", "dlde_2")];
        assert_eq!(owner(&rows, "dlde_2"), Some("pipeline"));
        assert_eq!((owner(&rows, "dlde_"), owner(&rows, ""), owner(&rows, "dlde_22")), (None, None, None));
    }

    #[test]
    fn whoever_has_used_up_the_allowance_is_told_when_to_come_again() {
        let allowance = Allowance::new(2);
        assert!(allowance.take("a").is_ok() && allowance.take("a").is_ok());
        let wait = allowance.take("a").expect_err("there were two");
        assert!(wait > Duration::from_secs(25) && wait <= Duration::from_secs(30), "{wait:?}");
        assert!(allowance.take("b").is_ok(), "each has its own");
    }
}
