extension IndicatorPlan {
    /// The indicators that take a point of a device, by their ids, in the catalogue's order.
    public func indicators(of device: String, taking point: String) -> [String] {
        let taps = feeds[device]?.last?.taps[point] ?? []
        let used = Set(taps.flatMap { uses[$0.key] ?? [] }.map { assignments[$0].indicator.id })
        return catalogue.indicators.map(\.id).filter(used.contains)
    }
}
