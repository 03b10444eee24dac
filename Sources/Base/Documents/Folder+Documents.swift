extension Folder {
    /// The names of a folder's documents, in order: those that end in `.yaml` and begin with no dot, as the files do
    /// that editors and Macs leave behind.
    ///
    /// A file that a person may take for one of them, such as `x.yml`, is advice in the log. It is not read: it would
    /// change a gateway that ran without it.
    public static func documents(in path: String, log: ProblemLog) throws(Failure) -> [String] {
        let names = try files(in: path)
        for name in names where isMistakable(name) {
            log.advise(Problem(file: path + "/" + name, message: "is not read; only names that end in .yaml are"))
        }
        for name in names where isHidden(name) && name.hasSuffix(".yaml") && !isLeftBehind(name) {
            log.advise(Problem(file: path + "/" + name, message: "is not read; its name begins with a dot"))
        }
        return names.filter { $0.hasSuffix(".yaml") && !isHidden($0) }
    }

    private static func isHidden(_ name: String) -> Bool { name.hasPrefix(".") }

    /// Emacs' locks and what a Mac keeps of a file's attributes.
    private static func isLeftBehind(_ name: String) -> Bool { name.hasPrefix(".#") || name.hasPrefix("._") }

    private static func isMistakable(_ name: String) -> Bool {
        let lower = name.lowercased()
        guard !isHidden(name), !name.hasSuffix(".yaml"), !lower.hasSuffix(".schema.json") else { return false }
        return [".yaml", ".yml", ".yaml.txt", ".yml.txt", ".json"].contains { lower.hasSuffix($0) }
    }
}
