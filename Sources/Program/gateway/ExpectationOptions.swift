import ArgumentParser
import Diagnosing
import Domain
import Speech

/// The values on a device's display, to be found in its registers.
struct ExpectationOptions: ParsableArguments {
    @Option(
        name: .long,
        parsing: .unconditionalSingleValue,
        help: """
            The display shows this, such as 12.34 or "45,2 m3/h": find it. Given again, what it showed later. With \
            --record POINT=12.34, to be compared.
            """
    )
    var expect: [String] = []

    @Option(
        name: .customLong("tolerance"),
        help: "How far a reading may be from the display. (default: one step of its last digit)"
    )
    var typedTolerance: TypedNumber?

    var tolerance: Double? { typedTolerance?.value }

    @Option(name: .long, help: "Search these registers, from 0: holding:0-199 or input:7 (repeatable).")
    var range: [String] = []

    @Flag(
        name: .long,
        help: "Ask for what the display shows later, until one reading is left; from a pipe, line by line."
    )
    var confirm = false

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
