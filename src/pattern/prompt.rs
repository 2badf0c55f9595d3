//! Instructions to whoever, or whatever, reviews a paper, in the languages of the field.

use super::{Pattern, Topic};

const fn of(anchors: &'static [&'static str], regex: &'static str) -> Pattern {
    Pattern { topic: Topic::Instruction, anchors, regex, not_after: &[] }
}

const fn like(anchors: &'static [&'static str], regex: &'static str) -> Pattern {
    Pattern { topic: Topic::InstructionLike, anchors, regex, not_after: &[] }
}

/// Who does not mention weaknesses tells of it: no instruction.
const WHO: &[&str] =
    &["we", "they", "which", "that", "who", "but", "and", "authors", "papers", "studies", "i"];

pub(super) const PATTERNS: &[Pattern] = &[
    of(
        &["ignore", "disregard", "forget ", "override", "bypass"],
        r"(?i)\b(?:ignore|disregard|forget|override|bypass)\s+(?:(?:all|any|every|everything|of|the|these|those|your|my|each)\s+){0,4}(?:previous|prior|above|earlier|preceding|foregoing|existing|other)\s+(?:(?:system|user|review|given)\s+)?(?:instructions?|prompts?|directions?|guidelines?|commands?|orders|directives?)\b",
    ),
    of(
        &[
            "positive review",
            "favorable review",
            "favourable review",
            "glowing review",
            "positive assessment",
            "favorable assessment",
            "favourable assessment",
            "positive evaluation",
            "favorable evaluation",
            "favourable evaluation",
        ],
        r"(?i)\b(?:give|write|provide|produce|output|generate|return|submit|leave)\s+(?:(?:this|the|these|our|it|paper|manuscript|submission|work)\s+){0,3}(?:only\s+)?(?:an?\s+)?(?:only\s+)?(?:very\s+|highly\s+|strongly\s+|extremely\s+|overwhelmingly\s+)?(?:positive|favou?rable|glowing)\s+(?:(?:peer|paper)\s+)?(?:review|assessment|evaluation)\b|\bpositive\s+(?:peer\s+)?reviews?\s+only\b",
    ),
    like(
        &[
            "positive reviews",
            "positive score",
            "positive rating",
            "favorable reviews",
            "favorable score",
            "favorable rating",
            "favourable reviews",
            "favourable score",
            "favourable rating",
            "excellent reviews",
            "excellent score",
            "excellent rating",
            "high reviews",
            "high score",
            "high rating",
            "highest reviews",
            "highest score",
            "highest rating",
            "maximum reviews",
            "maximum score",
            "maximum rating",
            "top reviews",
            "top score",
            "top rating",
            "perfect reviews",
            "perfect score",
            "perfect rating",
            "possible reviews",
            "possible score",
            "possible rating",
        ],
        r"(?i)\b(?:give|write|provide|produce|output|generate|return|assign|award)\s+(?:(?:this|the|these|our|it|paper|manuscript|submission|work|only|an?|very|highly|all)\s+){0,5}(?:positive|favou?rable|excellent|high|highest|maximum|top|perfect)\s+(?:possible\s+)?(?:reviews|scores?|ratings?)\b",
    ),
    Pattern {
        topic: Topic::Instruction,
        anchors: &[
            "do not highlight",
            "do not mention",
            "do not report any",
            "do not raise",
            "do not point out",
            "do not list",
            "do not criti",
            "don't mention",
            "don't highlight",
            "never mention",
        ],
        regex: r"(?i)\b(?:do\s+not|don't|never)\s+(?:highlight|mention|report|raise|point\s+out|list|note)\s+(?:(?:any|the|its|of|this|paper's|paper)\s+){0,3}(?:negatives?|negative\s+(?:points?|aspects?|comments?)|weakness(?:es)?|flaws?|shortcomings?|criticisms?)\b",
        not_after: WHO,
    },
    of(
        &[
            "acceptance of th",
            "acceptance for th",
            "accept this ",
            "accept the paper",
            "accept the subm",
            "accept the manu",
            "accepting this",
            "accepting the",
            "acceptance of our",
        ],
        r"(?i)\b(?:recommend|suggest|vote\s+for|argue\s+for)\s+(?:for\s+)?(?:the\s+)?(?:(?:an?|strong|strongly|clear|unconditional)\s+){0,3}(?:accept(?:ance|ing)?|to\s+accept)\s+(?:of\s+|for\s+)?(?:this|the|our)\s+(?:paper|manuscript|submission|work)\b",
    ),
    of(
        &[
            "you must give",
            "you must rate",
            "you must score",
            "you must assign",
            "you must recommend",
            "you must accept",
            "you should rate this",
            "you should accept th",
            "you should recommend acc",
        ],
        r"(?i)\byou\s+(?:must|should)\s+(?:give|rate|score|assign|recommend|accept)\b[^.]{0,60}?\b(?:this\s+(?:paper|submission|manuscript)|the\s+(?:paper|submission|manuscript)|acceptance)\b",
    ),
    of(
        &[
            "rate this paper",
            "rate this submission",
            "rate this manuscript",
            "score this paper",
            "score this submission",
            "rate the paper",
            "rate the submission",
        ],
        r"(?i)\b(?:rate|score)\s+(?:this|the)\s+(?:paper|submission|manuscript)\s+(?:as\s+|with\s+|an?\s+)*(?:\d+|ten|nine|strong\s+accept|accept|excellent|high(?:ly|est)?)\b",
    ),
    of(
        &[
            "if you are an llm",
            "if you are an ai",
            "if you are a language",
            "if you are a large",
            "as an llm",
            "as a language model y",
            "as a language model, y",
            "as an ai ",
            "as a large language",
        ],
        r"(?i)\b(?:if\s+you\s+are|as)\s+an?\s+(?:large\s+)?(?:AI|LLM|language\s+model)\b[^.]{0,40}?\b(?:you\s+(?:must|should|will|are)|acting\s+as\s+an?\s+review|please|review(?:ing|er)?\s+this)\b",
    ),
    like(
        &[
            "you are an llm",
            "you are an ai",
            "you are a language",
            "you are a large language",
            "you are a helpful",
        ],
        r"(?i)\byou\s+are\s+an?\s+(?:large\s+|helpful\s+)?(?:AI|LLM|language\s+model|assistant)\b[^.]{0,80}?\b(?:review|accept|recommend|reviewer|rate|score)",
    ),
    of(
        &[
            "llm reviewer",
            "ai reviewer",
            "gpt reviewer",
            "chatgpt reviewer",
            "model reviewer",
            "automated reviewer",
            "llm-reviewer",
            "ai-reviewer",
            "llm-based reviewer",
            "ai-based reviewer",
        ],
        r"(?i)\b(?:for|to|dear|attention:?)\s+(?:all\s+|any\s+)?(?:AI|LLM|GPT|ChatGPT|language[- ]model|automated)\s*-?\s*(?:based\s+)?reviewers?\s*[:!*]|\b(?:note|instructions?|message)\s+(?:for|to)\s+(?:all\s+|any\s+)?(?:AI|LLM|GPT|ChatGPT|language[- ]model|automated)\s*-?\s*reviewers?\b|\b(?:dear|attention:?)\s+(?:AI|LLM|automated)\s*-?\s*reviewers?\b|\b(?:LLM|AI)\s+reviewers?\s+(?:note|must|should\s+(?:accept|rate|recommend))\b",
    ),
    of(
        &[
            "embed the",
            "embed both",
            "embed this",
            "include the phrase",
            "include both",
            "include the word",
            "insert the phrase",
            "insert the word",
            "include this phrase",
            "use the phrase",
            "include the sentence",
            "insert the sentence",
        ],
        r"(?i)\b(?:please\s+)?(?:embed|include|insert|use)\s+(?:(?:the|both|this|following|exact)\s+){1,3}(?:phrases?|words?|sentences?|string)\b[^.]{0,120}?\b(?:in|within|into)\s+(?:your|the)\s+review\b|\binclude\s+both\s+the\s+phrases\b|\bplease\s+embed\s+the\s+phrase\b",
    ),
    like(
        &["<system", "</system", "<|im_", "[inst]", "[/inst]", "<<sys"],
        r"(?i)</?\s*system(?:[ _](?:instructions?|prompt))?\s*>|<\|im_(?:start|end)\|>|\[/?INST\]|<</?SYS>>",
    ),
    of(
        &["忽略", "无视", "忽視"],
        r"(?:请)?(?:忽略|无视|忽視)\s*(?:之前|以上|先前|前面|所有|上述|此前)[^。]{0,12}?(?:指示|指令|提示|说明|要求)",
    ),
    of(&["正面", "积极", "好评"], r"(?:只|仅)[^。]{0,8}?(?:正面|积极|好评)"),
    of(
        &["無視", "のみ"],
        r"(?:以前|これまで|上記|前)の(?:すべての)?(?:指示|命令)を(?:すべて)?無視|(?:肯定的|ポジティブ|好意的)な(?:査読|レビュー|評価)のみ",
    ),
    of(
        &["무시", "긍정적인"],
        r"이전(?:의)?\s*(?:모든\s*)?(?:지시|지침|명령)(?:사항)?(?:을|를)?\s*무시|긍정적인\s*(?:리뷰|평가|심사)만",
    ),
    of(
        &["anweisung", "instruktion", "vorgaben", "befehle"],
        r"(?i)\b(?:ignorier(?:e|t|en\s+sie)|missachte(?:n\s+sie)?|vergiss|vergessen\s+sie)\s+(?:bitte\s+)?(?:alle\s+|s[äÄ]mtliche\s+)?(?:die\s+)?(?:vorherigen|bisherigen|obigen|vorangegangenen|fr[üÜ]heren|vorigen)\s+(?:Anweisungen|Instruktionen|Vorgaben|Befehle)",
    ),
    of(
        &["gutachten", "rezension", "bewertung", "beurteilung", "begutachtung"],
        r"(?i)\b(?:gib|geben\s+sie|schreib(?:e|en\s+sie)?|verfass(?:e|en\s+sie)|erstell(?:e|en\s+sie))\s+(?:(?:bitte|nur|ein|eine|ausschlie[ßs]lich|sehr|diesem|der|arbeit)\s+){0,4}(?:positive[sn]?|wohlwollende[sn]?|g[üÜ]nstige[sn]?)\s+(?:Gutachten|Rezension|Bewertung|Beurteilung|Begutachtung)",
    ),
    of(
        &["keine schw", "keine m", "keine kritik", "keine fehler"],
        r"(?i)\b(?:erw[äÄ]hnen?|nennen?)(?:\s+sie)?\s+(?:bitte\s+)?keine\s+(?:schw[äÄ]chen|m[äÄ]ngel|fehler|kritik)",
    ),
    of(
        &["ignorez", "ignore toutes", "ignore les", "oubliez", "oublie les", "oublie toutes"],
        r"(?i)\b(?:ignore[zr]?|oublie[zr]?)\s+(?:toutes\s+)?(?:les|vos|tes)\s+(?:instructions|consignes|directives)(?:\s+(?:pr[éÉ]c[éÉ]dentes|ant[éÉ]rieures|ci-dessus))?",
    ),
    of(
        &[
            "valuation positive",
            "valuation favorable",
            "avis favorable",
            "avis positif",
            "rapport favorable",
            "rapport positif",
            "critique positive",
            "critique favorable",
            "relecture positive",
        ],
        r"(?i)(?:\bdonne[zr]?|[éÉ]cri(?:s|vez|re)|\br[éÉ]dige[zr]?|\bfournis(?:sez)?|\brends|\brendez)\s+(?:(?:uniquement|seulement|une|un|à|cet|article|que)\s+){0,4}(?:[éÉ]valuation|critique|relecture|avis|rapport)\s+(?:positi(?:f|ve)|favorable)",
    ),
    of(
        &["ne mentionne", "ne signale", "ne relève"],
        r"(?i)\bne\s+(?:mentionne|signale|rel[èÈ]ve)[zr]?\s+(?:aucune?|pas\s+(?:de|les|ses))\s+(?:faiblesses?|d[éÉ]fauts?|critiques?|lacunes?)",
    ),
    of(
        &["instrucciones", "indicaciones", "rdenes anteriores", "rdenes previas"],
        r"(?i)\b(?:ignor(?:a|e|en|ar)|olvid(?:a|e|en|ar))\s+(?:todas\s+)?(?:las\s+)?(?:instrucciones|indicaciones|[óÓ]rdenes)\s+(?:anteriores|previas|precedentes)",
    ),
    of(
        &["a positiva", "n positiva", "a favorable", "n favorable"],
        r"(?i)\b(?:da|d[éÉ]|escrib[ae]|proporcion[ae]|emit[ae]|redact[ae])\s+(?:(?:solo|s[óÓ]lo|solamente|una|a|este|art[íÍ]culo)\s+){0,4}(?:rese[ñÑ]a|revisi[óÓ]n|evaluaci[óÓ]n|valoraci[óÓ]n|cr[íÍ]tica)\s+(?:muy\s+)?(?:positiva|favorable)",
    ),
    of(
        &["no mencion", "no señal"],
        r"(?i)\bno\s+(?:mencion|se[ñÑ]al)(?:e|es|en|ar)\s+(?:ninguna?|las|los|sus)\s+(?:debilidad(?:es)?|defectos?|cr[íÍ]ticas?|fallos?)",
    ),
    of(
        &["гнорируй", "абудь"],
        r"(?:[Пп]ро)?(?:[Ии]гнорируй|[Зз]абудь)(?:те)?\s+(?:все\s+|любые\s+)?(?:(?:предыдущие|прежние|вышеуказанные|прошлые)\s+)?(?:инструкции|указания|команды)",
    ),
    of(
        &["оложительн", "валебн"],
        r"(?:[Дд]ай|[Нн]апиши|[Сс]оставь|[Пп]оставь|[Пп]одготовь)(?:те)?\s+(?:(?:только|очень|этой|статье)\s+){0,3}(?:положительн|хвалебн)[а-яё]+\s+(?:рецензи|отзыв|оценк)[а-яё]*",
    ),
    of(
        &["е упоминай", "е указывай"],
        r"[Нн]е\s+(?:упоминай|указывай)(?:те)?\s+(?:(?:никакие|никаких|на|её|его)\s+)?(?:недостатк|слабост|слабы)[а-яё]*",
    ),
    of(
        &["istruzioni precedenti", "tutte le istruzioni"],
        r"(?i)\bignora(?:re|te)?\s+(?:tutte\s+)?le\s+istruzioni(?:\s+precedenti)?",
    ),
    of(
        &["instruções anteriores", "as instruções", "instrucoes anteriores"],
        r"(?i)\bignor[ae]m?\s+(?:todas\s+)?as\s+instru(?:[çÇ][õÕ]es|coes)(?:\s+anteriores)?",
    ),
];
