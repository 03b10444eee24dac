package import Importing

extension ImportRemark {
    /// What is not understood, without the place.
    package var sentence: Sentence {
        switch kind {
        case .noAddress(let text):
            text.isEmpty ? Sentence(ImportPhrase.emptyAddress) : Sentence(ImportPhrase.noAddress, text)
        case .noWrite: Sentence(ImportPhrase.onlyWritten)
        case .noTypeWord(let text): Sentence(ImportPhrase.noTypeWord, text)
        case .tooManyRegisters(let type, let registers): Sentence(ImportPhrase.contradiction, type, "\(registers)")
        case .formula(let text): Sentence(ImportPhrase.formula, text)
        case .stringLength: Sentence(ImportPhrase.stringLength)
        case .unreadable(let why): Sentence(ImportPhrase.unreadable, why)
        case .unknownUnit(let text): Sentence(ImportPhrase.unknownUnit, text)
        case .openUnit(let text, let likely): Sentence(ImportPhrase.openUnit, text, likely)
        case .unknownFactor(let text): Sentence(ImportPhrase.unknownFactor, text)
        case .factorSense(let text): Sentence(ImportPhrase.factorSense, text)
        case .unknownOrder(let text): Sentence(ImportPhrase.unknownOrder, text)
        case .unknownTable(let text): Sentence(ImportPhrase.unknownTable, text)
        case .unknownValues(let text): Sentence(ImportPhrase.unknownValues, text)
        case .missingType: Sentence(ImportPhrase.missingType)
        case .droppedKey(let words, let why): Sentence(ImportPhrase.dropped, words, why)
        case .maxRate: Sentence(ImportPhrase.maxRate)
        case .noRows: Sentence(ImportPhrase.noRows)
        case .noAddressColumn(let heads): Sentence(ImportPhrase.noAddressColumn, heads.joined(separator: ", "))
        case .columns(let heads): Sentence(ImportPhrase.columns, heads.joined(separator: ", "))
        case .unknownHead(let head): Sentence(ImportPhrase.unknownHead, head)
        case .referenceForm: Sentence(ImportPhrase.referenceForm)
        case .hexadecimal: Sentence(ImportPhrase.hexadecimal)
        case .notRead(let what): Sentence(ImportPhrase.notRead, what)
        }
    }

    /// What is not understood, with the row's line and name.
    package func text(in language: Language) -> String {
        var parts: [String] = []
        if let line, line > 0 { parts.append(Sentence(ImportPhrase.line, "\(line)").text(in: language)) }
        if !row.isEmpty { parts.append(String(row.prefix(60))) }
        return (parts + [sentence.text(in: language)]).joined(separator: ": ")
    }
}
