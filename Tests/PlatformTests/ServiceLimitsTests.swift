import Foundation
import Platform
import TestSupport
import Testing

@Suite struct ServiceLimitsTests {
    struct Unit: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var texts: [String]
        var limits: ServiceLimits
    }

    @Test(arguments: [
        Unit(testDescription: "none", texts: ["[Service]\nUser=gateway\n"], limits: ServiceLimits()),
        Unit(
            testDescription: "both",
            texts: ["[Unit]\nTasksMax=1\n[Service]\nLimitNOFILE=1024\n#TasksMax=3\nTasksMax = 4096\n"],
            limits: ServiceLimits(descriptors: 1_024, tasks: 4_096)
        ),
        Unit(
            testDescription: "soft and hard",
            texts: ["[Service]\nLimitNOFILE=1024:4096\n"],
            limits: ServiceLimits(descriptors: 4_096)
        ),
        Unit(
            testDescription: "taken back",
            texts: ["[Service]\nLimitNOFILE=1024\nTasksMax=9\n", "[Service]\nLimitNOFILE=infinity\nTasksMax=80%\n"],
            limits: ServiceLimits()
        ),
    ])
    func aUnitSaysItsLimits(_ unit: Unit) { #expect(ServiceLimits(units: unit.texts) == unit.limits) }

    @Test func whatTheAdministratorAddsWins() throws {
        let folder = try temporaryFolder()
        defer { removeFolder(folder) }
        func write(_ text: String, to name: String) throws {
            let file = URL(fileURLWithPath: folder + "/" + name)
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(),
                withIntermediateDirectories: true
            )
            try ("[Service]\n" + text).write(to: file, atomically: true, encoding: .utf8)
        }
        let folders = [folder + "/etc", folder + "/lib"]
        #expect(ServiceLimits.ofService(folders: folders) == nil)
        try write("LimitNOFILE=1024\nTasksMax=100\n", to: "lib/gateway.service")
        try write("LimitNOFILE=2048\n", to: "lib/gateway.service.d/10-vendor.conf")
        #expect(ServiceLimits.ofService(folders: folders) == ServiceLimits(descriptors: 2_048, tasks: 100))
        try write("LimitNOFILE=4096\n", to: "etc/gateway.service.d/override.conf")
        #expect(ServiceLimits.ofService(folders: folders) == ServiceLimits(descriptors: 4_096, tasks: 100))
    }
}
