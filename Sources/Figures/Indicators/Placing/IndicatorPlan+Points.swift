extension IndicatorPlan {
    /// The indicators that take the values of a device's point, by their ids, in the catalogue's order; not those that
    /// only ask whether it came.
    public func indicators(of device: String, taking point: String) -> [String] {
        let taps = (feeds[device]?.last?.taps[point] ?? []).filter { $0.what != .alive }
        let used = Set(taps.flatMap { uses[$0.key] ?? [] }.map { assignments[$0].indicator.id })
        return catalogue.indicators.map(\.id).filter(used.contains)
    }
}
