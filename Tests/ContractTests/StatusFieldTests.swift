import Contract
import Domain
import Testing

@Suite struct `The buses in a status` {
    private func bus(_ number: Int, load: Double?, errors: Int) -> GatewayStatus.Field.Bus {
        .init(id: "bus-\(number)", load: load, errors: errors)
    }

    @Test func `stand there as they come while they are few`() {
        let buses = (1...16).reversed().map { bus($0, load: 0.5, errors: $0) }
        #expect(GatewayStatus.Field(missed: 0, buses: buses).buses == buses)
    }

    /// The message goes out once a minute over a link that costs money.
    @Test func `are the sixteen with the most errors, then with the highest load, when they are many`() {
        let quiet = (1...30).map { bus($0, load: Double($0) / 100, errors: 0) }
        let noisy = (31...35).map { bus($0, load: nil, errors: 1) }
        let shown = GatewayStatus.Field(missed: 0, buses: quiet + noisy).buses
        #expect(shown.map(\.id) == (20...35).map { "bus-\($0)" })
    }

    @Test func `have loads and temperatures of few digits`() {
        #expect(bus(1, load: 0.999, errors: 0).load?.double == 1)
        #expect(bus(1, load: 0.004, errors: 0).load?.double == 0)
        #expect(GatewayStatus.Box(free: nil, celsius: -0.04, uptime: nil).temperature?.double == 0)
        #expect(GatewayStatus.Box(free: nil, celsius: 48.25, uptime: 3.9).uptime == 3)
    }
}
