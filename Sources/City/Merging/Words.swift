import Contract
import Domain
import Indicators

/// The words of breakdowns over several parts: what each class, direction or category comes to.
struct Words {
    private let all: [Part]

    init(_ parts: [Part]) { all = parts }

    /// The values by name and word. Sums and counts add up, extremes are the least or the greatest, and means and
    /// shares are made of the parts of each word.
    func values(_ merging: FigureMessage.Merging?) -> [DataValue.Member] {
        switch merging {
        case .sum, .count: table { ($0.map(Sums.fixed).reduce(Fixed.zero, +)).decimal }
        case .minimum: table { $0.min() }
        case .maximum: table { $0.max() }
        case .mean, .spaceMean, .share:
            sums.compactMap { name, words in
                let found = words.compactMap { word, sums in
                    merging.flatMap(sums.quotient).map { DataValue.Member(word, .number(.decimal($0))) }
                }
                return found.isEmpty ? nil : .init(name, .object(found))
            }
        case .sumOfMeans, .availability, .distinct, nil: []
        }
    }

    /// The sums of the words that have parts of their own.
    var parts: [FigureMessage.Parts.Breakdown] {
        sums.map { name, words in
            .init(
                name: name,
                words: words.map { word, sums in
                    .init(
                        word: word,
                        sum: sums.sum.decimal,
                        integral: sums.integral.decimal.shifted(by: -3),
                        milliseconds: sums.milliseconds,
                        within: sums.within
                    )
                }
            )
        }
    }

    private var sums: [(name: String, words: [(word: String, sums: Sums)])] {
        var found: [String: [String: Sums]] = [:]
        for breakdown in all.flatMap({ $0.message.parts?.by ?? [] }) {
            for word in breakdown.words { found[breakdown.name, default: [:]][word.word, default: Sums()].add(word) }
        }
        return found.sorted { $0.key < $1.key }.map { name, words in
            (name, words.sorted { $0.key < $1.key }.map { (word: $0.key, sums: $0.value) })
        }
    }

    /// One value of those that the parts have for each word.
    private func table(_ one: ([DecimalNumber]) -> DecimalNumber?) -> [DataValue.Member] {
        var found: [String: [String: [DecimalNumber]]] = [:]
        for name in all.flatMap(\.message.by) {
            guard case .object(let words) = name.value else { continue }
            for word in words {
                guard case .number(let number) = word.value, let value = number.decimal else { continue }
                found[name.key, default: [:]][word.key, default: []].append(value)
            }
        }
        return found.sorted { $0.key < $1.key }.map { name, words in
            .init(
                name,
                .object(
                    words.sorted { $0.key < $1.key }.compactMap { word, values in
                        one(values).map { .init(word, .number(.decimal($0))) }
                    }
                )
            )
        }
    }
}
