import ArgumentParser
import Commands
import Diagnosing
import Domain
import Speech

/// The values on a device's display, to be found in its registers.
struct ExpectationOptions: ParsableArguments {
    @Option(
        name: .long,
        parsing: .unconditionalSingleValue,
        help: .said(OptionHelpPhrase.expect)
    )
    var expect: [String] = []

    @Option(
        name: .customLong("tolerance"),
        help: .said(OptionHelpPhrase.tolerance)
    )
    var typedTolerance: TypedNumber?

    var tolerance: Double? { typedTolerance?.value }

    @Option(name: .long, help: .said(OptionHelpPhrase.range))
    var range: [String] = []

    @Flag(
        name: .long,
        help: .said(OptionHelpPhrase.confirm)
    )
    var confirm = false

    @Flag(name: .long, help: .said(SettlePhrase.writeHelp))
    var write = false

    var isGiven: Bool { !expect.isEmpty }

    func validate() throws {
        if let tolerance, !(tolerance >= 0) || tolerance.isInfinite {
            throw wrongUse(.notNegative, "--tolerance")
        }
        for text in range where ExpectationScope.range(text) == nil {
            throw wrongUse(.range, text)
        }
        if expect.isEmpty, confirm || tolerance != nil || !range.isEmpty {
            throw wrongUse(.goWithExpect)
        }
    }

    /// - Throws: when one is no number.
    var displays: [DisplayValue] {
        get throws {
            try expect.map { text in
                do throws(DisplayValue.Flaw) {
                    return try DisplayValue(text)
                } catch {
                    throw wrongUse(.expectNumber, text, error.sentence.text(in: .ofThisCommand))
                }
            }
        }
    }

    /// - Parameter otherwise: the scope when no range was given.
    func scope(otherwise: ExpectationScope) -> ExpectationScope {
        range.isEmpty ? otherwise : ExpectationScope(ranges: range.compactMap(ExpectationScope.range))
    }
}
