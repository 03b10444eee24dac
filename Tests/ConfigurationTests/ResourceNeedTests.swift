import Configuration
import Documents
import Foundation
import Installation
import Platform
import TestSupport
import Testing

@Suite struct ResourceNeedTests {
    private static func need(endpoints: Int) throws -> ResourceNeed {
        let buses = (0..<endpoints).map { "  b\($0): { tcp: 127.0.0.1:\(2_000 + $0) }\n" }.joined()
        let devices = (0..<endpoints).map {
            "  d\($0): { profile: tuf-2000m, bus: b\($0), unit: 1, site: s, interval: 5s }\n"
        }.joined()
        let text = """
            gateway: g
            timezone: Asia/Jakarta
            topic_prefix: kediri
            sites: { s: { name: S } }
            buses:
              unused: { tcp: 127.0.0.1:1999 }
              field: { mqtt: "mqtt://127.0.0.1" }
            \(buses)devices:
              scale: { profile: tasmota-hx711, bus: field, node: a, site: s, interval: 5s }
            \(devices)destinations: { city: { mqtt: "mqtt://127.0.0.1" } }
            storage: { path: /tmp, limit: 64MB }
            """
        let log = ProblemLog()
        let configuration = ConfigurationReader.read(text: text, file: "g.yaml", catalogue: Shipped.catalogue, log: log)
        try #require(log.problems.map(\.description) == [])
        return ResourceNeed(try #require(configuration))
    }

    @Test func eachBusThatHasADeviceNeedsSome() throws {
        let (few, many) = (try Self.need(endpoints: 1), try Self.need(endpoints: 301))
        #expect(many.descriptors - few.descriptors == 600)
        #expect(many.threads - few.threads == 300)
    }

    @Test func whatALimitDoesNotCarryIsSaidWithTheRemedy() throws {
        let need = try Self.need(endpoints: 1_000)
        let found = need.shortages(
            service: ServiceLimits(descriptors: 1_024, tasks: 512),
            own: ServiceLimits(descriptors: 64, tasks: 100)
        )
        #expect(
            found == [
                .init(.serviceDescriptors, need: 2_268, allowed: 1_024),
                .init(.serviceThreads, need: 1_028, allowed: 512),
                .init(.shellDescriptors, need: 2_268, allowed: 64), .init(.userThreads, need: 1_028, allowed: 100),
            ]
        )
        #expect(
            found.map(\.remedy) == [
                "systemctl edit gateway, [Service] LimitNOFILE=4096",
                "systemctl edit gateway, [Service] TasksMax=2048", "ulimit -n 4096", "ulimit -u 2048",
            ]
        )
    }

    @Test func aLimitThatCarriesItIsNoNote() throws {
        let need = try Self.need(endpoints: 1_000)
        let enough = ServiceLimits(descriptors: need.descriptors, tasks: need.threads)
        #expect(need.shortages(service: enough, own: ServiceLimits()) == [])
        #expect(need.shortages(service: nil, own: enough) == [])
    }

    /// The shipped unit allows as much as the project promises for a gateway.
    @Test func theShippedUnitCarriesAThousandEndpoints() throws {
        let unit = try String(contentsOfFile: Repository.root + "/systemd/gateway.service", encoding: .utf8)
        let limits = ServiceLimits(units: [unit])
        #expect(limits.descriptors == 65_536)
        #expect(limits.tasks == 8_192)
        #expect(try Self.need(endpoints: 1_000).shortages(service: limits, own: ServiceLimits()) == [])
    }
}
