import Contract
import Domain
import Testing

@testable import Merging

@Suite struct `A merged scope` {
    private static let zone = wib

    @Test func `is a kelurahan, a kecamatan or the city`() {
        let messages = ["a", "b"].flatMap { gateway in
            ["gateway", "kecamatan-pesantren", "kelurahan-bawang"].map { Made.sum(gateway, "1.5", scope: $0) }
        }
        let figures = Made.merged(messages)
        #expect(figures.map(\.scope) == ["kota", "kecamatan-pesantren", "kelurahan-bawang"])
        #expect(figures.map(\.text) == ["3", "3", "3"])
        #expect(figures.map(\.name).first == "environment/water-volume/kota/day")
    }

    @Test func `takes a gateway's own figure for the city, not its kecamatan again`() throws {
        let messages = [
            Made.sum("a", "5"), Made.sum("a", "3", scope: "kecamatan-pesantren"), Made.sum("b", "1"),
        ]
        #expect(try Made.city(messages).text == "6")
    }

    @Test func `takes the kecamatan of a gateway that sends nothing for itself`() throws {
        let messages = [
            Made.sum("a", "5"), Made.sum("b", "1", scope: "kecamatan-pesantren"),
            Made.sum("b", "2", scope: "kecamatan-mojoroto"), Made.sum("b", "1", scope: "kelurahan-bawang"),
        ]
        let figure = try Made.city(messages)
        #expect(figure.text == "8")
        #expect(figure.sources.gateways == 2)
        #expect(figure.outcome.account.expected == 1_800)
    }

    @Test func `of the city names the sites that are in no kecamatan`() throws {
        let metas = [
            Made.meter("a", site: "sumber"), Made.meter("a", device: "b", site: "bulus", kecamatan: nil),
            Made.meter("z", site: "elsewhere", kecamatan: nil),
        ]
        let roster = Roster(metas: metas, zone: Self.zone)
        let figures = Made.merged(
            [Made.sum("a", "1"), Made.sum("a", "1", scope: "kecamatan-pesantren")],
            roster: roster
        )
        #expect(figures.map(\.sources.unplaced) == [["bulus"], []])
    }

    @Test func `names a site that two gateways have devices at`() throws {
        let metas = [Made.meter("b"), Made.meter("a"), Made.meter("a", device: "other", site: "bulus")]
        let figure = try Made.city([Made.sum("a", "1")], roster: Roster(metas: metas, zone: Self.zone))
        #expect(figure.sources.shared == [.init(site: "sumber", gateways: ["a", "b"])])
    }

    @Test func `has the names of places as gateways write them in topics`() {
        let device = Roster.Device(Made.meter("a", kelurahan: "Bandar Lor", kecamatan: "Mojoroto"), zone: Self.zone)
        #expect(device.scopes == [.city, .kecamatan("mojoroto"), .kelurahan("bandar-lor")])
    }
}
