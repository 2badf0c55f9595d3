//! Links to reports that a browser can open without a token: each once, within a minute.

use super::token::random;
use std::collections::BTreeMap;
use std::io;
use std::sync::Mutex;
use std::time::{Duration, Instant};

/// How long a link is good.
const GOOD: Duration = Duration::from_secs(60);
/// The most links that are good at once; older ones go first.
const MAX_LINKS: usize = 1000;

/// The links that are good, with the check that each leads to.
#[derive(Default)]
pub(super) struct Links(Mutex<BTreeMap<String, (String, Instant)>>);

impl Links {
    /// Makes a link to a check; what stands after the last slash.
    ///
    /// # Errors
    /// A system without a source of what nobody can guess.
    pub(super) fn make(&self, id: String) -> io::Result<String> {
        let link = random::<16>()?;
        if let Ok(mut links) = self.0.lock() {
            links.retain(|_, (_, made)| made.elapsed() < GOOD);
            while links.len() >= MAX_LINKS {
                let oldest = links.iter().min_by_key(|(_, (_, made))| *made).map(|(link, _)| link.clone());
                oldest.map(|oldest| links.remove(&oldest));
            }
            links.insert(link.clone(), (id, Instant::now()));
        }
        Ok(link)
    }

    /// The id of the check that a link leads to; from then on it leads nowhere.
    pub(super) fn redeem(&self, link: &str) -> Option<String> {
        let (id, made) = self.0.lock().ok()?.remove(link)?;
        (made.elapsed() < GOOD).then_some(id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_leads_to_its_report_once() {
        let links = Links::default();
        let link = links.make("a".to_owned()).expect("a link");
        assert_eq!((links.redeem(&link), links.redeem(&link)), (Some("a".to_owned()), None));
        assert_eq!(links.redeem("0"), None);
    }
}
