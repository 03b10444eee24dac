public import Decoding
public import Domain
public import Profiles

extension Value {
    /// Whether it is a float smaller than any measured value, and not 0. Its words are mostly in another order.
    var isTiny: Bool {
        switch self {
        case .float32(let number): number.magnitude < 1e-30 && number != 0
        case .float64(let number): number.magnitude < 1e-30 && number != 0
        default: false
        }
    }

    /// Whether it is a float that is hardly ever measured, and not 0: it is looked at more closely.
    var isSmall: Bool {
        switch self {
        case .float32(let number): number.magnitude < 1e-12 && number != 0
        case .float64(let number): number.magnitude < 1e-12 && number != 0
        default: false
        }
    }

    /// Whether it is a float greater than any measured value, in any unit.
    public var isHuge: Bool {
        switch self {
        case .float32(let number): number.magnitude > 1e15
        case .float64(let number): number.magnitude > 1e15
        default: false
        }
    }

    /// A 0 of the same type.
    var zero: Value {
        if case .float32 = self { return .float32(0) }
        return .float64(0)
    }
}

extension Normalizer {
    /// The value of a point in another word order than its profile's.
    public struct OrderFit: Hashable, Sendable {
        /// The index of the point whose words are in that order.
        public var point: Int
        public var order: WordOrder
        /// In the published unit.
        public var value: Value
    }

    /// The least number that counts as measured in another word order.
    private static let leastMeasured = 1e-6

    /// Returns the word orders in which a register's number would be within its range; empty where its own order fits,
    /// or none does, and for a whole number without a range, which any order fits.
    ///
    /// - Parameter index: the point's index; for a computed point, the points that it depends on are checked too.
    public func fittingOrders(of index: Int, _ raw: [RawValue?]) -> [OrderFit] {
        let point = points[index]
        if case .value(let value)? = raw[index], case .registers(_, _, let order) = point.origin {
            var isFit = false
            if case .measured(let own) = measure(index, raw) {
                isFit = own.doubt != .tiny && isInRange(own.value, index) && !value.isHuge
            }
            let fits = isFit ? [] : fits(index, value, order, raw)
            if !fits.isEmpty { return fits }
        }
        return needed(by: point).lazy.map { fittingOrders(of: $0, raw) }.first { !$0.isEmpty } ?? []
    }

    private func needed(by point: Point) -> [Int] {
        if case .weir(let weir) = point.origin { return [weir.level] }
        return [point.plus, point.times, point.dividedBy].compactMap { $0 }
    }

    /// Returns the other word orders that give a measured number within the range.
    private func fits(_ index: Int, _ value: Value, _ order: WordOrder, _ raw: [RawValue?]) -> [OrderFit] {
        guard case .registers(_, let type, _) = points[index].origin else { return [] }
        let isFloat = type == .float32 || type == .float64
        if !isFloat, points[index].range == nil { return [] }
        return RegisterDecoder.otherOrders(of: value, as: type, order: order).compactMap { other in
            guard let size = other.value.double?.magnitude, size >= Self.leastMeasured,
                case .measured(let measured) = measured(index, other.value, raw), isInRange(measured.value, index),
                let value = published(measured, index)
            else { return nil }
            return OrderFit(point: index, order: other.order, value: value)
        }
    }

    /// Judges a small number, which is good unless another word order gives a number within the point's range.
    func small(_ index: Int, _ value: Value, _ order: WordOrder, _ raw: [RawValue?]) -> Outcome {
        let outcome = measured(index, value, raw)
        guard case .measured(var measured) = outcome, points[index].range != nil, points[index].tiny != .zero,
            !fits(index, value, order, raw).isEmpty
        else { return outcome }
        measured.doubt = .tiny
        return .measured(measured)
    }

    /// Judges a tiny number, which is never good: mostly the profile names the wrong word order, seldom a device's
    /// damping decays to it.
    func tiny(_ index: Int, _ value: Value, _ order: WordOrder, _ raw: [RawValue?]) -> Outcome {
        if points[index].tiny == .zero { return measured(index, value.zero, raw) }
        if !fits(index, value, order, raw).isEmpty { return .missing(.decode) }
        guard case .measured(var measured) = measured(index, value, raw) else { return measured(index, value, raw) }
        measured.doubt = .tiny
        return .measured(measured)
    }
}
