// swift-tools-version: 6.2
import PackageDescription

/// Every wall of the house is an arrow in this file: a target may import what it names here and nothing else.
/// Imports are internal unless said otherwise, so a C type cannot leak through a public interface unnoticed.
let strict: [SwiftSetting] =
    ["ExistentialAny", "InternalImportsByDefault", "MemberImportVisibility", "NonisolatedNonsendingByDefault"]
    .map { .enableUpcomingFeature($0) } + [.treatAllWarnings(as: .error)]

let package = Package(
    name: "gateway",
    products: [.executable(name: "gateway", targets: ["gateway"])],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    ],
    targets: [
        .executableTarget(
            name: "gateway",
            dependencies: [
                "Configuration", "Control", "Daemon", "Documents", "Domain", "Indicators", "Journal", "Modbus", "MQTT",
                "Platform", "Probing", "Profiles", "Simulation", "Spreadsheet",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
            ],
            swiftSettings: strict
        ),
        .target(
            name: "Daemon",
            dependencies: [
                "Configuration", "Control", "Decoding", "Domain", "Forwarding", "Indicators", "Journal", "Modbus",
                "MQTT", "Normalizing", "Platform", "Polling", "Profiles",
                .product(name: "Logging", package: "swift-log"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
            ],
            swiftSettings: strict
        ),
        .target(
            name: "Probing",
            dependencies: [
                "Configuration", "Control", "Decoding", "Domain", "Modbus", "MQTT", "Normalizing", "Platform",
                "Polling",
                "Profiles",
            ],
            swiftSettings: strict
        ),
        .target(
            name: "Simulation",
            dependencies: ["CLinux", "Configuration", "Documents", "Domain", "MQTT", "Platform", "Profiles"],
            swiftSettings: strict
        ),
        .target(
            name: "Indicators",
            dependencies: ["Configuration", "Documents", "Domain", "Journal", "Profiles"],
            swiftSettings: strict
        ),
        .target(
            name: "Forwarding",
            dependencies: [
                "Domain", "Journal", "MQTT", "Platform",
                .product(name: "DequeModule", package: "swift-collections"),
            ],
            swiftSettings: strict
        ),
        .target(name: "Spreadsheet", dependencies: ["CXlsxWriter"], swiftSettings: strict),
        .target(name: "Control", dependencies: ["CLinux", "Domain", "Platform"], swiftSettings: strict),
        .target(
            name: "Journal",
            dependencies: [
                "CWalIndex", "Domain", "Platform",
                .product(name: "DequeModule", package: "swift-collections"),
                .product(name: "GRDB", package: "GRDB.swift"),
            ],
            swiftSettings: strict
        ),
        .target(name: "Normalizing", dependencies: ["Decoding", "Domain", "Profiles"], swiftSettings: strict),
        .target(name: "Decoding", dependencies: ["Domain", "Profiles"], swiftSettings: strict),
        .target(name: "Modbus", dependencies: ["CModbus", "Domain", "Platform"], swiftSettings: strict),
        .target(name: "MQTT", dependencies: ["CLinux", "CMosquitto", "Domain", "Platform"], swiftSettings: strict),
        .target(
            name: "Configuration",
            dependencies: ["Documents", "Domain", "Platform", "Polling", "Profiles"],
            swiftSettings: strict
        ),
        .target(name: "Polling", dependencies: ["Domain", "Profiles"], swiftSettings: strict),
        .target(name: "Profiles", dependencies: ["Documents", "Domain"], swiftSettings: strict),
        .target(
            name: "Documents",
            dependencies: ["Domain", .product(name: "Yams", package: "Yams")],
            swiftSettings: strict
        ),
        .target(name: "Platform", dependencies: ["CLinux", "Domain"], swiftSettings: strict),
        .target(name: "Domain", swiftSettings: strict),
        .target(name: "CLinux"),
        .target(name: "CWalIndex", linkerSettings: [.linkedLibrary("sqlite3")]),
        .systemLibrary(name: "CModbus", pkgConfig: "libmodbus", providers: [.apt(["libmodbus-dev"])]),
        // libmosquitto, and the gate before it; no .systemLibrary, which cannot hold the gate's code.
        // The linker exports `read` by itself, since libc has it too; libssl, which it does not see, must find
        // SSL_read.
        .target(
            name: "CMosquitto",
            linkerSettings: [
                .linkedLibrary("mosquitto"), .unsafeFlags(["-Xlinker", "--export-dynamic-symbol=SSL_read"]),
            ]
        ),
        // Without pkg-config, which would link the program to zlib too: the library asks for that itself.
        .systemLibrary(name: "CXlsxWriter", providers: [.apt(["libxlsxwriter-dev"])]),
        .target(
            name: "TestSupport",
            dependencies: ["Domain", "Platform"],
            path: "Tests/TestSupport",
            swiftSettings: strict
        ),
        // A process to be killed in the middle of its writing; only tests start it.
        .executableTarget(
            name: "journal-victim",
            dependencies: ["Domain", "Journal", "Platform"],
            path: "Tests/JournalVictim",
            swiftSettings: strict
        ),
        // Decoding alone, for the benchmark.
        .executableTarget(
            name: "decoding-bench",
            dependencies: ["Decoding", "Documents", "Domain", "Polling", "Profiles"],
            path: "Tests/Bench/Decoding",
            swiftSettings: strict
        ),
        .testTarget(
            name: "IndicatorsTests",
            dependencies: [
                "Configuration", "Decoding", "Documents", "Domain", "Indicators", "Journal", "Normalizing", "Platform",
                "Profiles", "TestSupport",
            ],
            swiftSettings: strict
        ),
        .testTarget(name: "DomainTests", dependencies: ["Domain"], swiftSettings: strict),
        .testTarget(name: "PlatformTests", dependencies: ["Domain", "Platform", "TestSupport"], swiftSettings: strict),
        .testTarget(
            name: "ModbusTests",
            dependencies: ["Domain", "Modbus", "Platform", "TestSupport"],
            swiftSettings: strict
        ),
        .testTarget(
            name: "SimulationTests",
            dependencies: [
                "Configuration", "Documents", "Domain", "Platform", "Profiles", "Simulation", "TestSupport",
            ],
            swiftSettings: strict
        ),
        .testTarget(
            name: "MQTTTests",
            dependencies: ["Domain", "MQTT", "Platform", "TestSupport"],
            swiftSettings: strict
        ),
        .testTarget(
            name: "DaemonTests",
            dependencies: [
                "Control", "Daemon", "Domain", "Indicators", "MQTT", "Platform", "TestSupport", "gateway",
                .product(name: "Logging", package: "swift-log"),
            ],
            swiftSettings: strict
        ),
        .testTarget(
            name: "CommandTests",
            dependencies: [
                "Configuration", "Control", "Documents", "Domain", "Indicators", "Platform", "Probing", "Profiles",
                "TestSupport", "gateway",
            ],
            swiftSettings: strict
        ),
        .testTarget(
            name: "JournalTests",
            dependencies: [
                "Domain", "Journal", "Platform", "journal-victim", "TestSupport",
                .product(name: "DequeModule", package: "swift-collections"),
                .product(name: "GRDB", package: "GRDB.swift"),
            ],
            swiftSettings: strict
        ),
        // What subscribers see. Only its files Payloads.swift and HousekeepingRun.swift call the program's own code.
        .testTarget(
            name: "ContractTests",
            dependencies: [
                "Configuration", "Control", "Daemon", "Documents", "Domain", "Forwarding", "Indicators", "Journal",
                "MQTT", "Platform", "Profiles", "TestSupport", "gateway",
                .product(name: "Logging", package: "swift-log"),
            ],
            exclude: ["golden"],
            swiftSettings: strict
        ),
        .testTarget(name: "DocumentsTests", dependencies: ["Documents", "Domain"], swiftSettings: strict),
        .testTarget(
            name: "ProfilesTests",
            dependencies: ["Documents", "Domain", "Profiles", "TestSupport"],
            swiftSettings: strict
        ),
        .testTarget(
            name: "ConfigurationTests",
            dependencies: [
                "Configuration", "Documents", "Domain", "Indicators", "Platform", "Profiles", "TestSupport",
            ],
            swiftSettings: strict
        ),
        .testTarget(
            name: "ControlTests",
            dependencies: ["Control", "Domain", "Platform", "TestSupport"],
            swiftSettings: strict
        ),
        .testTarget(
            name: "DecodingTests",
            dependencies: [
                "Decoding", "Documents", "Domain", "Normalizing", "Platform", "Profiles", "TestSupport",
            ],
            swiftSettings: strict
        ),
        .testTarget(
            name: "ForwardingTests",
            dependencies: ["Domain", "Forwarding", "Journal", "MQTT"],
            swiftSettings: strict
        ),
        .testTarget(
            name: "NormalizingTests",
            dependencies: ["Decoding", "Documents", "Domain", "Normalizing", "Profiles", "TestSupport"],
            swiftSettings: strict
        ),
        .testTarget(
            name: "PollingTests",
            dependencies: ["Documents", "Domain", "Polling", "Profiles"],
            swiftSettings: strict
        ),
        .testTarget(
            name: "ProbingTests",
            dependencies: [
                "Configuration", "Control", "Decoding", "Documents", "Domain", "MQTT", "Modbus", "Normalizing",
                "Platform", "Polling", "Probing", "Profiles", "TestSupport", "gateway",
            ],
            swiftSettings: strict
        ),
    ]
)
