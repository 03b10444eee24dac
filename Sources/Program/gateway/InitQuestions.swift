import ArgumentParser
import Asking
import Commands
import Glibc
import Profiles
import Speech

/// The questions of a set-up: each has a default, and none is asked whose answer is given.
struct InitQuestions {
    let asks: Bool
    let stop: StopFlag

    /// - Parameter given: the option's value, which is not asked for any more.
    func text(_ phrase: InitPhrase, given: String?, otherwise: String) -> String {
        guard given == nil, asks, !stop.isRaised else { return given ?? otherwise }
        let standard = otherwise.isEmpty ? "" : " [\(otherwise)]"
        print(StyledText("\(spoken(phrase))\(standard): ").terminal, terminator: "")
        fflush(nil)
        let line = StandardInput.line(stop: stop)?.split(whereSeparator: \.isWhitespace).joined(separator: " ") ?? ""
        return line.isEmpty ? otherwise : line
    }

    /// An id; asked again until it is one.
    func id(_ phrase: InitPhrase, given: String?, otherwise: String) throws -> String {
        while true {
            let answer = text(phrase, given: given, otherwise: otherwise)
            if Identifier.isID(answer) { return answer }
            complain(InitPhrase.notID, answer)
            if given != nil || !asks || stop.isRaised { throw ExitCode.wrongUse }
        }
    }

    /// Yes unless the answer begins like a no.
    func yes(_ phrase: InitPhrase, given: Bool?) -> Bool {
        if let given { return given }
        guard asks else { return true }
        let answer = text(phrase, given: nil, otherwise: Language.ofThisCommand == .id ? "Y/t" : "Y/n").lowercased()
        return !answer.hasPrefix("n") && !answer.hasPrefix("t")
    }
}
