//! Logins and keys that are nobody's, and identifiers that prove themselves.

/// Logins of services, containers and examples, and folders that stand where a login would.
const LOGINS: &[&str] = &[
    "account",
    "admin",
    "administrator",
    "all",
    "app",
    "bar",
    "build",
    "builder",
    "circleci",
    "coder",
    "codespace",
    "conda",
    "data",
    "dataset",
    "datasets",
    "debian",
    "default",
    "docker",
    "ec2-user",
    "ezgif",
    "foo",
    "gitpod",
    "guest",
    "jovyan",
    "latex",
    "library",
    "linuxbrew",
    "login",
    "me",
    "name",
    "node",
    "overleaf",
    "path",
    "pi",
    "project",
    "projects",
    "public",
    "root",
    "runner",
    "sagemaker-user",
    "scratch",
    "shared",
    "sharelatex",
    "someone",
    "student",
    "tmp",
    "travis",
    "ubuntu",
    "user",
    "username",
    "users",
    "vagrant",
    "vscode",
    "web",
    "work",
    "www",
    "xxx",
    "you",
];
const LOGIN_STARTS: [&str; 3] = ["anon", "your", "example"];

/// Whether a login names no person; a number behind it makes it no person's.
pub fn is_nobodys_login(login: &str) -> bool {
    let plain = login.to_lowercase();
    let stem = plain.trim_end_matches(|c: char| c.is_ascii_digit());
    LOGINS.binary_search(&plain.as_str()).is_ok()
        || LOGINS.binary_search(&stem).is_ok()
        || LOGIN_STARTS.iter().any(|start| plain.starts_with(start))
}

/// Whether the check digit of an ORCID fits. Source: ISO 7064, MOD 11-2.
pub fn is_orcid(text: &str) -> bool {
    let digits: Vec<char> = text.chars().filter(|c| *c != '-').collect();
    let Some((check, body)) = digits.split_last() else { return false };
    let sum = body.iter().filter_map(|c| c.to_digit(10)).fold(0, |sum, d| (sum + d) * 2 % 11);
    let expected = (12 - sum) % 11;
    let given = if check.eq_ignore_ascii_case(&'x') { 10 } else { check.to_digit(10).unwrap_or(11) };
    body.len() == 15 && expected == given && body.iter().any(|c| *c != '0')
}

/// Whether what has the form of a key is one: words joined by hyphens have neither digits nor capitals in their
/// midst, and services mark the keys of their manuals.
pub fn is_key(credential: &str) -> bool {
    let is_private = credential.starts_with("-----");
    let is_random = credential.contains(|c: char| c.is_ascii_digit())
        && (!credential.starts_with("sk-") || credential.contains(|c: char| c.is_ascii_uppercase()));
    is_private || is_random && !credential.contains("EXAMPLE")
}

/// How the keys of services begin. Source: the services' own descriptions of their tokens.
const KEY_STARTS: [&str; 15] = [
    "AIza",
    "AKIA",
    "ghp_",
    "gho_",
    "ghu_",
    "ghs_",
    "ghr_",
    "github_pat_",
    "glpat-",
    "hf_",
    "sk-",
    "xoxa-",
    "xoxb-",
    "xoxp-",
    "xox",
];

/// The kind of a credential without the credential.
pub fn masked(credential: &str) -> String {
    let shown = KEY_STARTS.iter().find(|start| credential.starts_with(**start));
    shown.map_or_else(|| "private key".to_owned(), |start| format!("{start}…"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn logins_of_machines_are_nobodys() {
        assert!(LOGINS.is_sorted());
        for login in ["ubuntu", "User1", "runner", "anonymous42", "yourname"] {
            assert!(is_nobodys_login(login), "{login}");
        }
        assert!(!is_nobodys_login("mquist") && !is_nobodys_login("rootes"));
    }

    #[test]
    fn the_check_digit_of_an_orcid_is_checked() {
        assert!(is_orcid("0000-0002-1825-0097"));
        assert!(is_orcid("0000-0002-1694-233X"));
        assert!(!is_orcid("0000-0002-1825-0098"));
        assert!(!is_orcid("0000-0000-0000-0000"));
    }

    #[test]
    fn whatever_is_looked_for_as_a_key_is_masked_by_its_kind() {
        let patterns = crate::pattern::PATTERNS.iter();
        let of_keys = patterns.filter(|pattern| pattern.topic == crate::pattern::Topic::Credential);
        let anchors: Vec<&str> = of_keys.flat_map(|pattern| pattern.anchors).copied().collect();
        assert!(anchors.len() >= KEY_STARTS.len(), "{anchors:?}");
        for anchor in anchors {
            let start = anchor.trim_start_matches([' ', '"', '\'', '=', ':']);
            let is_masked = KEY_STARTS.iter().any(|known| start.starts_with(&known.to_lowercase()));
            assert!(is_masked || start.starts_with("private key"), "{anchor}");
        }
    }

    #[test]
    fn words_and_examples_are_no_keys() {
        assert!(is_key("ghp_0123456789abcdefghijABCDEFGHIJ012345") && is_key("-----BEGIN PRIVATE KEY-----"));
        assert!(!is_key("sk-learn-style-estimators-2-go") && !is_key("AKIAIOSFODNN7EXAMPLE"));
        assert_eq!(masked("ghp_0123"), "ghp_…");
        assert_eq!(masked("-----BEGIN PRIVATE KEY-----"), "private key");
    }
}
