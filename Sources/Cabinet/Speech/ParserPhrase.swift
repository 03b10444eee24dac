/// The sentences of the library that reads the command line. It says them in English, and the English wording here is
/// the pattern by which they are known.
package enum ParserPhrase: Phrase {
    case error, unknownOption, unknownOptionNear, unexpected, manyUnexpected, missingValue, missingArgument, missingOne
    case takesNoValue, invalidChoice, invalidChoices, invalid, alternative, setTwice
    case help, usage, seeHelp, seeSubcommand, overview, usageTitle, options, arguments, subcommands
    case values, standardValue
    case showHelp, showVersion, showSubcommandHelp
    case optionsPlace, subcommandPlace

    package var wording: Wording {
        switch self {
        case .error: Wording("Error: %1", "Kesalahan: %1")
        case .unknownOptionNear:
            Wording("Unknown option '%1'. Did you mean '%2'?", "Opsi '%1' tidak dikenal. Maksudnya '%2'?")
        case .unknownOption: Wording("Unknown option '%1'", "Opsi '%1' tidak dikenal")
        case .unexpected: Wording("Unexpected argument '%1'", "Argumen '%1' tidak dipakai di sini")
        case .manyUnexpected: Wording("%1 unexpected arguments: %2", "%1 argumen tidak dipakai di sini: %2")
        case .missingValue: Wording("Missing value for '%1'", "Nilai untuk '%1' belum diisi")
        case .missingArgument: Wording("Missing expected argument '%1'", "Argumen '%1' belum diisi")
        case .missingOne: Wording("Missing one of: %1", "Salah satu ini belum diisi: %1")
        case .takesNoValue:
            Wording(
                "The option '%1' does not take any value, but '%2' was specified.",
                "Opsi '%1' tidak memakai nilai, tetapi diberi '%2'."
            )
        case .invalidChoice:
            Wording(
                "The value '%1' is invalid for '%2'. Please provide one of %3.",
                "Nilai '%1' tidak cocok untuk '%2'. Pilih salah satu: %3."
            )
        case .invalidChoices:
            Wording(
                "The value '%1' is invalid for '%2'. Please provide one of the following:",
                "Nilai '%1' tidak cocok untuk '%2'. Pilih salah satu berikut:"
            )
        case .invalid: Wording("The value '%1' is invalid for '%2'", "Nilai '%1' tidak cocok untuk '%2'")
        case .alternative: Wording("   or: %1 in '%2'", "   atau: %1 dalam '%2'")
        case .setTwice:
            Wording(
                "Value to be set with %1 had already been set with %2",
                "Nilai dari %1 sudah ditentukan oleh %2"
            )
        case .help: Wording("Help:  %1", "Bantuan:  %1")
        case .usage: Wording("Usage: %1", "Pemakaian: %1")
        case .seeHelp: Wording("  See '%1' for more information.", "  Selengkapnya: '%1'.")
        case .seeSubcommand: Wording("  See '%1' for detailed help.", "  Bantuan selengkapnya: '%1'.")
        case .overview: Wording("OVERVIEW: %1", "RINGKASAN: %1")
        case .usageTitle: Wording("USAGE: %1", "PEMAKAIAN: %1")
        case .options: Wording("OPTIONS:", "OPSI:")
        case .arguments: Wording("ARGUMENTS:", "ARGUMEN:")
        case .subcommands: Wording("SUBCOMMANDS:", "PERINTAH:")
        // The closing bracket may stand in the next line.
        case .values: Wording("%1(values:%2", "%1(pilihan:%2")
        case .standardValue: Wording("%1(default:%2", "%1(bawaan:%2")
        case .showHelp: Wording("%1Show help information.", "%1Menampilkan bantuan.")
        case .showVersion: Wording("%1Show the version.", "%1Menampilkan versi.")
        case .showSubcommandHelp:
            Wording("%1Show subcommand help information.", "%1Menampilkan bantuan sebuah perintah.")
        case .optionsPlace: Wording("%1<options>%2", "%1<opsi>%2")
        case .subcommandPlace: Wording("%1<subcommand>%2", "%1<perintah>%2")
        }
    }

    /// The line of text in a language; as it is where it is none of these sentences.
    package static func said(_ line: String, in language: Language) -> String {
        for phrase in allCases {
            guard let blanks = TemplateMatch.blanks(of: line, by: phrase.wording.english) else { continue }
            return Sentence(phrase, arguments: blanks.map { said($0, in: language) }).text(in: language)
        }
        return line
    }
}

/// Finds what fills the blanks of a template.
enum TemplateMatch {
    /// - Parameter template: has its blanks in order, with words between them.
    /// - Returns: nil where the text does not have the template's form.
    static func blanks(of text: String, by template: String) -> [String]? {
        var literals = [""]
        var rest = template[...]
        while let mark = rest.firstIndex(of: "%"), let number = rest[rest.index(after: mark)...].first,
            number.isWholeNumber
        {
            literals[literals.count - 1] += rest[..<mark]
            literals.append("")
            rest = rest[mark...].dropFirst(2)
        }
        literals[literals.count - 1] += rest
        guard text.hasPrefix(literals[0]) else { return nil }
        var left = text.dropFirst(literals[0].count)
        if literals.count == 1 { return left.isEmpty ? [] : nil }
        var blanks: [String] = []
        for literal in literals[1..<(literals.count - 1)] {
            guard let found = left.firstRange(of: literal) else { return nil }
            blanks.append(String(left[..<found.lowerBound]))
            left = left[found.upperBound...]
        }
        let last = literals[literals.count - 1]
        guard left.hasSuffix(last) else { return nil }
        return blanks + [String(left.dropLast(last.count))]
    }
}
