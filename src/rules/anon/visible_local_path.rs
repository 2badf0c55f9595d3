use crate::finding::{Finding, Severity};
use crate::pattern::Topic;
use crate::rule::{Case, Input, Skip, rule};
use crate::rules::pointer::{page_of, quoted};
use crate::rules::precondition::{double_blind, read_pdf};

rule! {
    /// ## What it checks
    /// No path within somebody's home directory, no machine of an institution and no prompt of a shell is shown. Users
    /// of containers and services, such as `user` and `root`, are not meant.
    ///
    /// ## Why it matters
    /// The directory bears its owner's login, and the machine the name of its institution.
    ///
    /// ## What to do
    /// Shorten the path to what follows the home directory, in figures and listings as well.
    ///
    /// ## Limits
    /// Machines count only where reviewing is double-blind; paths always.
    pub static VISIBLE_LOCAL_PATH: Rule = {
        code: "ANON043",
        name: "visible-local-path",
        aliases: &[],
        severity: Severity::Error,
        needs: &[Input::EveryPage],
        check: no_path_or_machine_is_shown,
    }
}

fn no_path_or_machine_is_shown(case: &Case<'_>) -> Result<Vec<Finding>, Skip> {
    read_pdf(case)?;
    let is_blind = double_blind(case).is_ok();
    let shown = case.paper.traces.iter().filter_map(|trace| match trace.topic {
        Topic::LocalPath => Some(("a path with a login", trace)),
        Topic::HostName if is_blind => Some(("a machine of an institution", trace)),
        _ => None,
    });
    let found = shown.map(|(what, trace)| {
        let message = format!("{what} is shown on page {}; a paper shows none", page_of(&trace.at));
        Finding::new(message, trace.at.clone()).seen(quoted(&trace.text))
    });
    Ok(found.collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::paper::Paper;
    use crate::rules::trial::{Trial, paper_with, paper_with_picture, paper_with_trace};

    #[test]
    fn a_path_is_found_everywhere_and_a_machine_where_reviewing_is_blind() {
        let path = paper_with_trace(Topic::LocalPath, "/home/mvelm", |_| ());
        let machine = paper_with_trace(Topic::HostName, "gpu03.cs.lanternfield.edu", |_| ());
        Trial::of(&VISIBLE_LOCAL_PATH)
            .passes(&paper_with(|_| ()))
            .fails(&path)
            .fails(&machine)
            .undetermined(&paper_with_picture(2))
            .undetermined(&Paper::default())
            .profile(|p| p.anonymity = None)
            .fails(&path)
            .passes(&machine);
    }
}
