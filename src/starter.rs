//! What a new paper starts from: the style of its year, and a project around it that builds and passes.

/// A file of a new project.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StarterFile {
    /// Its path within the project, with slashes.
    pub path: String,
    /// What stands in it.
    pub text: String,
}

/// The styles that are shipped, by the name a paper loads.
const STYLES: &[(&str, &str)] = &[
    ("dlde_neurips_2021", include_str!("../sty/dlde_neurips_2021.sty")),
    ("dlde_neurips_2022", include_str!("../sty/dlde_neurips_2022.sty")),
    ("dlde_neurips_2023", include_str!("../sty/dlde_neurips_2023.sty")),
];
/// The paper to start from, in the style of [`EXAMPLE_STYLE`].
const EXAMPLE: &str = include_str!("../sty/example.tex");
const EXAMPLE_STYLE: &str = "dlde_neurips_2023";
const REFERENCES: &str = include_str!("../sty/starter/references.bib");
const LATEXMKRC: &str = include_str!("../sty/starter/latexmkrc");
const GITIGNORE: &str = include_str!("../sty/starter/gitignore");
const WORKFLOW: &str = include_str!("../sty/starter/check.yml");

/// The file of the first of these styles that is shipped; `None` where none is.
pub fn style_file(styles: &[String]) -> Option<StarterFile> {
    let shipped = |id: &String| STYLES.iter().find(|(name, _)| name == id);
    let (name, text) = styles.iter().find_map(shipped)?;
    Some(StarterFile { path: format!("{name}.sty"), text: (*text).to_owned() })
}

/// A project in the first of these styles that is shipped, for a venue; `None` where none is.
pub fn project(styles: &[String], venue: &str) -> Option<Vec<StarterFile>> {
    let style = style_file(styles)?;
    let name = style.path.trim_end_matches(".sty");
    let file = |path: &str, text: &str| StarterFile { path: path.to_owned(), text: text.to_owned() };
    Some(vec![
        file("main.tex", &main_file(name)),
        file("references.bib", REFERENCES),
        file("dlde.toml", &format!("# What `dlde check` checks for.\nvenue = \"{venue}\"\n")),
        file(".latexmkrc", LATEXMKRC),
        file(".gitignore", GITIGNORE),
        file(".github/workflows/check.yml", WORKFLOW),
        style,
    ])
}

/// The example in another style, with its references in a file of their own.
fn main_file(style: &str) -> String {
    let text = EXAMPLE.replace(EXAMPLE_STYLE, style);
    let (start, end) = ("\\begin{thebibliography}", "\\end{thebibliography}");
    match (text.find(start), text.find(end)) {
        (Some(from), Some(to)) => {
            let list = "\\bibliographystyle{plainnat}\n\\bibliography{references}";
            format!("{}{list}{}", &text[..from], &text[to + end.len()..])
        }
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_project_loads_the_style_that_lies_in_it() {
        for (name, _) in STYLES {
            let files = project(&[(*name).to_owned()], "dlde-2022").expect("a shipped style");
            let text = |path: &str| &files.iter().find(|f| f.path == path).expect("a file").text;
            assert!(text("main.tex").contains(&format!("\\usepackage{{{name}}}")));
            assert!(text("main.tex").contains("\\bibliography{references}"));
            assert!(!text("main.tex").contains("thebibliography"));
            assert!(text(&format!("{name}.sty")).contains("LaTeX Project Public License"));
            assert!(text("dlde.toml").contains("venue = \"dlde-2022\""));
        }
    }

    #[test]
    fn every_citation_of_the_example_is_in_the_file_of_references() {
        let main = main_file("dlde_neurips_2023");
        for key in ["velm2019", "quist2021", "orr2022"] {
            assert!(main.contains(key));
            assert!(REFERENCES.contains(&format!("{{{key},")));
        }
    }

    #[test]
    fn a_style_that_is_not_shipped_is_none() {
        assert_eq!(style_file(&["neurips_2020".to_owned()]), None);
        assert!(style_file(&["neurips_2021".to_owned(), "dlde_neurips_2021".to_owned()]).is_some());
    }
}
