import TestSupport
import Testing

extension Commands {
    @Suite struct `The uplink in check` {
        /// What check says with these keys of the destination and of the first device.
        private func check(_ keys: String = "", device: String = "", _ options: String...) throws -> [String] {
            let desk = try Desk()
            let text = """
                gateway: kdr-test-01
                sites: { spring: { kecamatan: Pesantren } }
                buses: { net: { tcp: 127.0.0.1:1502 } }
                destinations: { city: { mqtt: "mqtts://broker.example"\(keys) } }
                storage: { path: \(desk.folder), limit: 64MB }
                devices:
                  flow:
                    profile: tuf-2000m
                    bus: net
                    unit: 1
                    site: spring
                    interval: 10s
                    verified: { by: Diskominfo, on: 2026-10-03 }
                \(device)
                """
            try desk.write(text, to: "uplink.yaml")
            let arguments = [
                "check", "--config", desk.folder + "/uplink.yaml", "--profiles", Repository.devices,
                "--indicators", Repository.root + "/config/indicators.yaml",
            ]
            let (status, lines) = try ChildProcess.run(GatewayProgram.path, arguments + options)
            #expect(status == 0, "\(lines)")
            #expect(lines.filter { $0.hasPrefix("    ") }.allSatisfy { $0.count <= 80 })
            return lines
        }

        private func row(_ name: String, in lines: [String]) throws -> String {
            try #require(lines.first { $0.hasPrefix("    " + name) }, "\(lines)")
        }

        @Test func `is said by kind, a day and a minute`() throws {
            let lines = try check()
            #expect(lines.contains { $0.hasPrefix("  city: about ") && $0.contains(" MB a day, ") })
            #expect(try row("readings", in: lines).hasSuffix("6.0 a minute"))
            #expect(try row("events", in: lines).hasSuffix("as they come"))
            #expect(try row("the rest", in: lines).hasSuffix("1.0 a minute"))
            #expect(try row("indicators", in: lines).contains(" a minute"))
            #expect(try row("TLS, TCP, MQTT", in: lines).contains("MB"))
        }

        @Test func `is said in Indonesian`() throws {
            let lines = try check(", budget: 1MB/day, indicators: { open: never }", device: "", "--lang", "id")
            #expect(lines.contains { $0.hasPrefix("  city: sekitar ") && $0.contains(" sehari, ") })
            #expect(try row("data", in: lines).hasSuffix("6,0 per menit"))
            #expect(lines.contains { $0.hasSuffix(" % dari batas 1 MB sehari") })
            #expect(lines.contains("    city tidak mendapat angka yang masih berjalan"))
        }

        @Test func `is less with fewer figures, and says which ones a destination does not get`() throws {
            let lines = try check(", indicators: { scopes: [gateway], windows: [hour, day], open: 5min }")
            let words = lines.map { String($0.drop { $0 == " " }) }.joined(separator: " ")
            #expect(words.contains(" figures (left out: kecamatan, kelurahan, site, device, 15min, month, year)"))
            #expect(lines.contains("    city gets open figures at most once in 5min"))
            let all = try row("indicators", in: check())
            #expect(try row("indicators", in: lines) != all)
        }

        @Test func `is a range where readings may be held`() throws {
            let lines = try check(device: "    send: { when: changed, at_least_every: 5min }")
            #expect(try row("readings", in: lines).hasSuffix("0.2 to 6.0 a minute"))
        }

        @Test func `is a message each half minute with packs, as long as they are compressed`() throws {
            let lines = try check(", pack: { live: 30s }")
            let row = try row("readings", in: lines)
            #expect(row.hasSuffix("1.7 a minute"))
            // 8,640 readings of 700 bytes are 6 MB.
            #expect(row.contains(" MB") && !row.contains("6.0 MB"))
        }

        @Test func `has its share of the budget`() throws {
            let lines = try check(", budget: 300MB/month")
            #expect(lines.contains { $0.hasSuffix(" % of the budget of 300 MB a month") })
        }
    }
}
