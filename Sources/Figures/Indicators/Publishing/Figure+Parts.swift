import Contract
import Domain

extension Figure {
    /// The sums that merge with those of other gateways; nil for what does not merge.
    ///
    /// In a scope that other gateways share, all of them stand there. Elsewhere those that the measure needs do.
    var mergeable: FigureMessage.Parts? {
        guard isPartial || indicator.merging != nil else { return nil }
        var found = isPartial ? parts.message : parts.message.needed(by: indicator.merging)
        found.merging = indicator.merging
        found.completeAbove = indicator.completeAbove.decimal
        found.by = partsOfWords.map { name, words in
            .init(name: name, words: words.map { word, tally in indicator.part(of: word, tally) })
        }
        return found
    }
}

extension IndicatorDefinition {
    /// How the figures of several gateways make one; nil for what belongs to one place.
    var merging: FigureMessage.Merging? {
        switch measure {
        case .sum: .sum
        case .count: .count
        case .mean:
            switch across {
            case .sum: .sumOfMeans
            case .mean: .mean
            case .gauge, nil: nil
            }
        case .spaceMean: .spaceMean
        case .minimum: .minimum
        case .maximum: .maximum
        case .share: .share
        case .availability: .availability
        case .distinct: .distinct
        case .flow, .saturation, .level, .peakHour, .anomaly: nil
        }
    }

    /// What the measure needs of a word's tally.
    fileprivate func part(of word: String, _ tally: Tally) -> FigureMessage.Parts.Word {
        let integral = Fixed(billionths: tally.integral).decimal.shifted(by: -3)
        return switch measure {
        case .spaceMean: .init(word: word, sum: tally.sum.decimal, integral: integral, milliseconds: 0, within: 0)
        case .share:
            .init(word: word, sum: .zero, integral: .zero, milliseconds: tally.milliseconds, within: tally.within)
        default: .init(word: word, sum: .zero, integral: integral, milliseconds: tally.milliseconds, within: 0)
        }
    }
}

extension Figure.Parts {
    fileprivate var message: FigureMessage.Parts {
        FigureMessage.Parts(
            merging: nil,
            count: count,
            sum: sum.decimal,
            minimum: minimum?.decimal,
            maximum: maximum?.decimal,
            integral: Fixed(billionths: integral).decimal.shifted(by: -3),
            milliseconds: milliseconds,
            within: within,
            devices: devices
        )
    }
}

extension FigureMessage.Parts {
    /// The same parts without the sums that a measure has no use for.
    fileprivate func needed(by merging: FigureMessage.Merging?) -> FigureMessage.Parts {
        var found = FigureMessage.Parts(merging: merging)
        switch merging {
        case .sum: (found.count, found.sum) = (count, sum)
        case .count: found.count = count
        case .mean:
            (found.integral, found.milliseconds) = (integral, milliseconds)
            (found.minimum, found.maximum) = (minimum, maximum)
        case .spaceMean:
            (found.sum, found.integral) = (sum, integral)
            (found.minimum, found.maximum) = (minimum, maximum)
        case .minimum: (found.count, found.minimum) = (count, minimum)
        case .maximum: (found.count, found.maximum) = (count, maximum)
        case .share: (found.milliseconds, found.within) = (milliseconds, within)
        case .distinct: found.devices = devices
        case .sumOfMeans, .availability, nil: break
        }
        return found
    }
}
