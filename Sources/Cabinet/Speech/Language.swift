/// What a person is spoken to in.
public enum Language: String, Sendable, CaseIterable {
    case en
    case id

    /// The language of the environment: LC_ALL, else LC_MESSAGES, else LANG, the first that is set; `id*` is Indonesian,
    /// everything else English.
    ///
    /// - Parameter variable: the value of an environment variable; nil where it is not set.
    public init(environment variable: (String) -> String?) {
        let chosen = ["LC_ALL", "LC_MESSAGES", "LANG"].lazy.compactMap(variable).first { !$0.isEmpty }
        self = chosen?.lowercased().hasPrefix("id") == true ? .id : .en
    }
}
