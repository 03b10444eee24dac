// swift-tools-version: 6.2
import PackageDescription

// Every wall of the house is an arrow in this file: a target imports what it names here, and nothing else compiles.
// Areas and their rooms stand in the order of docs/architecture.md, top down.

/// A room of the house: a target in the folder of its area.
///
/// - Parameter libraries: products of other packages.
func room(
    _ name: String,
    in area: String,
    importing rooms: [String] = [],
    _ libraries: [Target.Dependency] = []
) -> Target {
    .target(
        name: name,
        dependencies: rooms.map { .init(stringLiteral: $0) } + libraries,
        path: "Sources/\(area)/\(name)"
    )
}

/// The tests of a room, or of several together.
func tests(_ name: String, importing rooms: [String], _ libraries: [Target.Dependency] = []) -> Target {
    .testTarget(name: name, dependencies: rooms.map { .init(stringLiteral: $0) } + libraries)
}

let deque = Target.Dependency.product(name: "DequeModule", package: "swift-collections")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let lifecycle = Target.Dependency.product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let signals = Target.Dependency.product(name: "UnixSignals", package: "swift-service-lifecycle")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let yams = Target.Dependency.product(name: "Yams", package: "Yams")
let arguments = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let nioCore = Target.Dependency.product(name: "NIOCore", package: "swift-nio")
let nioHTTP = Target.Dependency.product(name: "NIOHTTP1", package: "swift-nio")
let nioSockets = Target.Dependency.product(name: "NIOPosix", package: "swift-nio")

let program: [Target] = [
    .executableTarget(
        name: "gateway",
        dependencies: [
            "Asking", "Commands", "Configuration", "Contract", "Control", "Daemon", "Diagnosing", "Documents", "Domain",
            "Forwarding", "Importing",
            "Indicators",
            "Installation", "JSON", "Journal", "Metrics", "Modbus", "MQTT", "Platform", "Profiles", "Records",
            "Simulation",
            "Speech", "Spreadsheet",
            arguments, logging, lifecycle, signals,
        ],
        path: "Sources/Program/gateway"
    ),
    // The pages: a process of its own, so that no fault and no attack there touches a reading.
    .executableTarget(
        name: "gateway-page",
        dependencies: [
            "Configuration", "Documents", "Domain", "Installation", "Platform", "Profiles", "Questions", "Serving",
            "Speech",
            arguments, logging,
        ],
        path: "Sources/Program/gateway-page"
    ),
    // The city's side: another machine's program, which the box's package does not have.
    .executableTarget(
        name: "gateway-city",
        dependencies: [
            "CityConfiguration", "Collecting", "Commands", "Completeness", "Contract", "Documents", "Domain", "HTTP",
            "Indicators", "Installation", "JSON", "Merging", "MQTT", "PageParts", "Platform", "Publishing",
            "Speech", "Spreadsheet", "Store", "Upkeep",
            arguments, logging,
        ],
        path: "Sources/Program/gateway-city"
    ),
    room("Commands", in: "Program", importing: ["Documents", "Domain", "Platform", "Speech"], [arguments]),
    room(
        "CityConfiguration",
        in: "Program",
        importing: ["Collecting", "Configuration", "Documents", "Domain", "Installation", "MQTT", "Platform"]
    ),
    room(
        "Daemon",
        in: "Program",
        importing: [
            "Answering", "Buses", "CTLS", "Contract", "Control", "Domain", "Forwarding", "Indicators",
            "Installation", "Journal",
            "MQTT", "Platform",
        ],
        [logging, lifecycle, signals]
    ),
    room(
        "Answering",
        in: "Program",
        importing: [
            "Buses", "Charting", "Contract", "Control", "Domain", "Forwarding", "Indicators", "Installation", "JSON",
            "Journal", "Modbus", "MQTT", "Platform", "Profiles",
        ]
    ),
    // What a configuration means where it says nothing becomes part of the program: a link to config/defaults.yaml.
    .target(
        name: "Configuration",
        dependencies: ["Documents", "Domain", "Installation", "JSON", "Platform", "Polling", "Profiles"],
        path: "Sources/Program/Configuration",
        resources: [.embedInCode("defaults.yaml")]
    ),
]

let city: [Target] = [
    room(
        "Publishing",
        in: "City",
        importing: [
            "Domain", "HTTP", "JSON", "Metrics", "PageParts", "Platform", "Speech", "Spreadsheet", "Store",
        ],
        [nioHTTP, nioSockets]
    ),
    room(
        "Collecting",
        in: "City",
        importing: ["Contract", "Domain", "JSON", "Merging", "MQTT", "Platform", "Store"],
        [logging]
    ),
    room("Upkeep", in: "City", importing: ["Completeness", "Domain", "Merging", "Store"], [logging]),
    room("Completeness", in: "City", importing: ["Contract", "Domain", "JSON", "Store"]),
    room("Merging", in: "City", importing: ["Contract", "Domain", "Indicators", "Profiles", "Store"]),
    // The migrations become part of the program.
    .target(
        name: "Store",
        dependencies: ["Contract", "CPostgres", "Domain"],
        path: "Sources/City/Store",
        resources: [.embedInCode("Schema")]
    ),
    .systemLibrary(
        name: "CPostgres",
        path: "Sources/City/CPostgres",
        pkgConfig: "libpq",
        providers: [.apt(["libpq-dev"])]
    ),
]

let pages: [Target] = [
    room(
        "Serving",
        in: "Pages",
        importing: [
            "BoxPages", "Control", "Domain", "HTTP", "Installation", "JSON", "Metrics", "PageParts", "Platform",
            "Questions",
            "Speech",
        ],
        [nioHTTP]
    ),
    room(
        "Questions",
        in: "Pages",
        importing: [
            "Asking", "BoxPages", "Control", "Diagnosing", "Domain", "Installation", "Modbus", "PageParts", "Platform",
            "Profiles", "Records", "Speech",
        ]
    ),
    room(
        "BoxPages",
        in: "Pages",
        importing: ["Contract", "Control", "Domain", "JSON", "PageParts", "Platform", "Speech"]
    ),
    // The assets become part of the program, so that nothing has to be found beside it.
    .target(
        name: "PageParts",
        dependencies: ["Control", "Domain", "Platform", "Speech"],
        path: "Sources/Pages/PageParts",
        resources: [.embedInCode("Assets")]
    ),
    room(
        "HTTP",
        in: "Pages",
        importing: ["Domain", "Installation", "PageParts", "Platform", "Speech"],
        [nioCore, nioHTTP, nioSockets]
    ),
    room("Metrics", in: "Pages", importing: ["Control", "Domain"]),
]

let cabinet: [Target] = [
    room(
        "Asking",
        in: "Cabinet",
        importing: [
            "Control", "Decoding", "Diagnosing", "Domain", "Installation", "Modbus", "MQTT", "Normalizing", "Platform",
            "Polling", "Profiles",
        ]
    ),
    room(
        "Speech",
        in: "Cabinet",
        importing: ["Control", "Diagnosing", "Documents", "Domain", "Importing", "JSON", "Profiles", "Records"]
    ),
    room(
        "Records",
        in: "Cabinet",
        importing: ["Control", "Diagnosing", "Domain", "Installation", "Modbus", "Profiles"]
    ),
    room(
        "Diagnosing",
        in: "Cabinet",
        importing: [
            "Decoding", "Documents", "Domain", "JSON", "Modbus", "Normalizing", "Polling", "Profiles",
        ]
    ),
    room(
        "Simulation",
        in: "Cabinet",
        importing: ["CLinux", "Documents", "Domain", "Installation", "JSON", "MQTT", "Platform", "Profiles"]
    ),
    room("Importing", in: "Cabinet", importing: ["Documents", "Domain", "Profiles"], [yams]),
    room("Control", in: "Cabinet", importing: ["CLinux", "Domain", "JSON", "Platform"]),
]

let figures: [Target] = [
    room(
        "Indicators",
        in: "Figures",
        importing: [
            "Contract", "Documents", "Domain", "Forwarding", "Installation", "Journal", "Platform", "Profiles",
        ],
        [logging]
    ),
    room("Spreadsheet", in: "Figures", importing: ["CXlsxWriter"]),
    // Without pkg-config, which would link the program to zlib too: the library asks for that itself.
    .systemLibrary(
        name: "CXlsxWriter",
        path: "Sources/Figures/CXlsxWriter",
        providers: [.apt(["libxlsxwriter-dev"])]
    ),
]

let store: [Target] = [
    room(
        "Forwarding",
        in: "Store",
        importing: ["Contract", "Domain", "Installation", "Journal", "MQTT", "Platform", "Profiles"],
        [deque]
    ),
    room("Journal", in: "Store", importing: ["Contract", "CWalIndex", "Domain", "Platform"], [deque, grdb]),
    room("Contract", in: "Store", importing: ["CZlib", "Domain", "JSON"]),
    .target(name: "CWalIndex", path: "Sources/Store/CWalIndex", linkerSettings: [.linkedLibrary("sqlite3")]),
    .systemLibrary(name: "CZlib", path: "Sources/Store/CZlib", providers: [.apt(["zlib1g-dev"])]),
]

let field: [Target] = [
    room(
        "Buses",
        in: "Field",
        importing: [
            "Charting", "Decoding", "Domain", "Installation", "Modbus", "MQTT", "Normalizing", "Platform", "Polling",
            "Profiles",
        ],
        [logging]
    ),
    room("Charting", in: "Field", importing: ["Domain"]),
    room("Installation", in: "Field", importing: ["Documents", "Domain", "MQTT", "Platform", "Profiles"]),
    room("Normalizing", in: "Field", importing: ["Decoding", "Domain", "Profiles"]),
    room("Decoding", in: "Field", importing: ["Domain", "JSON", "Profiles"]),
    room("Polling", in: "Field", importing: ["Domain", "Profiles"]),
    room("Profiles", in: "Field", importing: ["Documents", "Domain", "JSON"]),
    room("Modbus", in: "Field", importing: ["CModbus", "CTLS", "Domain", "Platform"]),
    room("MQTT", in: "Field", importing: ["CLinux", "CMosquitto", "Domain", "Platform"]),
    .systemLibrary(
        name: "CModbus",
        path: "Sources/Field/CModbus",
        pkgConfig: "libmodbus",
        providers: [.apt(["libmodbus-dev"])]
    ),
    // What Modbus needs of OpenSSL, and the digest of a machine's id.
    .target(
        name: "CTLS",
        path: "Sources/Field/CTLS",
        linkerSettings: [.linkedLibrary("ssl"), .linkedLibrary("crypto")]
    ),
    // libmosquitto, and the gate before it; no .systemLibrary, which cannot hold the gate's code.
    // The linker exports `read` by itself, since libc has it too; libssl, which it does not see, must find SSL_read.
    .target(
        name: "CMosquitto",
        path: "Sources/Field/CMosquitto",
        linkerSettings: [
            .linkedLibrary("mosquitto"), .unsafeFlags(["-Xlinker", "--export-dynamic-symbol=SSL_read"]),
        ]
    ),
]

let base: [Target] = [
    room("Documents", in: "Base", importing: ["Domain"], [yams]),
    room("JSON", in: "Base", importing: ["Domain"]),
    room("Platform", in: "Base", importing: ["CLinux", "Domain"], [logging]),
    room("Domain", in: "Base"),
    .target(name: "CLinux", path: "Sources/Base/CLinux"),
]

let trials: [Target] = [
    .target(name: "TestSupport", dependencies: ["Domain", "Platform"], path: "Tests/TestSupport"),
    // A process to be killed in the middle of its writing; only tests start it.
    .executableTarget(
        name: "journal-victim",
        dependencies: ["Contract", "Domain", "Journal", "Platform"],
        path: "Tests/JournalVictim"
    ),
    // Decoding alone, for the benchmark.
    .executableTarget(
        name: "decoding-bench",
        dependencies: ["Decoding", "Documents", "Domain", "Polling", "Profiles"],
        path: "Tests/Bench/Decoding"
    ),
    tests(
        "CollectingTests",
        importing: ["Collecting", "Contract", "Domain", "JSON", "MQTT", "Platform", "Store", "TestSupport"],
        [logging]
    ),
    tests(
        "PublishingTests",
        importing: ["Domain", "Publishing", "Speech", "Store", "TestSupport", "gateway-city"]
    ),
    tests("CompletenessTests", importing: ["Completeness", "Contract", "Domain", "TestSupport"]),
    tests(
        "CityConfigurationTests",
        importing: ["CityConfiguration", "Collecting", "Documents", "Domain", "Installation"]
    ),
    tests("DomainTests", importing: ["Domain"]),
    tests("JSONTests", importing: ["Domain", "JSON", "Platform", "TestSupport"]),
    tests("DocumentsTests", importing: ["Documents", "Domain"]),
    tests("PlatformTests", importing: ["Domain", "Platform", "TestSupport"], [logging]),
    tests("ProfilesTests", importing: ["Documents", "Domain", "JSON", "Profiles", "TestSupport"]),
    tests("PollingTests", importing: ["Documents", "Domain", "Polling", "Profiles"]),
    tests(
        "DecodingTests",
        importing: ["Decoding", "Documents", "Domain", "JSON", "Normalizing", "Platform", "Profiles", "TestSupport"]
    ),
    tests(
        "NormalizingTests",
        importing: ["Decoding", "Documents", "Domain", "Normalizing", "Profiles", "TestSupport"]
    ),
    tests("ModbusTests", importing: ["Domain", "Modbus", "Platform", "TestSupport"]),
    tests("MQTTTests", importing: ["Domain", "MQTT", "Platform", "TestSupport"]),
    tests("ChartingTests", importing: ["Charting", "Domain", "TestSupport"]),
    tests(
        "BusesTests",
        importing: [
            "Buses", "Charting", "Decoding", "Documents", "Domain", "Installation", "MQTT", "Modbus", "Platform",
            "Polling",
            "Profiles",
            "TestSupport",
        ],
        [logging]
    ),
    .testTarget(
        name: "ContractTests",
        dependencies: [
            "Configuration", "Contract", "Documents", "Domain", "Forwarding", "Indicators", "Installation", "JSON",
            "Journal", "MQTT", "Platform", "Profiles", "TestSupport", "gateway",
        ],
        exclude: ["golden"]
    ),
    tests(
        "JournalTests",
        importing: ["Contract", "Domain", "Journal", "Platform", "journal-victim", "TestSupport"],
        [deque, grdb]
    ),
    tests(
        "ForwardingTests",
        importing: ["Contract", "Domain", "Forwarding", "Journal", "MQTT", "Platform", "TestSupport"]
    ),
    tests(
        "IndicatorsTests",
        importing: [
            "Configuration", "Contract", "Decoding", "Documents", "Domain", "Indicators", "Installation", "JSON",
            "Journal", "Normalizing", "Platform", "Profiles", "TestSupport",
        ]
    ),
    tests(
        "SimulationTests",
        importing: [
            "Configuration", "Decoding", "Documents", "Domain", "Installation", "JSON", "Platform", "Profiles",
            "Simulation", "TestSupport",
        ]
    ),
    tests(
        "AskingTests",
        importing: [
            "Asking", "Diagnosing", "Documents", "Domain", "Installation", "MQTT", "Modbus", "Platform", "Profiles",
            "Speech", "TestSupport", "gateway",
        ]
    ),
    tests(
        "SpeechTests",
        importing: ["Control", "Diagnosing", "Documents", "Domain", "Profiles", "Speech", "TestSupport"]
    ),
    tests("ImportingTests", importing: ["Documents", "Domain", "Importing", "Profiles", "Speech", "TestSupport"]),
    tests("RecordsTests", importing: ["Domain", "Records", "Speech", "TestSupport", "gateway"]),
    tests(
        "DiagnosingTests",
        importing: [
            "Decoding", "Diagnosing", "Documents", "Domain", "Normalizing", "Platform", "Profiles", "TestSupport",
        ]
    ),
    tests(
        "ConfigurationTests",
        importing: [
            "Configuration", "Documents", "Domain", "Indicators", "Installation", "Platform", "Profiles", "TestSupport",
        ]
    ),
    tests(
        "MergingTests",
        importing: [
            "Configuration", "Contract", "Documents", "Domain", "Forwarding", "Indicators", "Installation", "Journal",
            "Merging", "Profiles", "Store", "TestSupport",
        ]
    ),
    tests("MetricsTests", importing: ["Control", "Domain", "Metrics", "TestSupport"]),
    tests(
        "PagesTests",
        importing: [
            "BoxPages", "Contract", "Control", "Domain", "HTTP", "Installation", "PageParts", "Platform", "Questions",
            "Serving",
            "Speech", "TestSupport", "gateway", "gateway-page",
        ]
    ),
    tests("ControlTests", importing: ["Control", "Domain", "JSON", "Platform", "TestSupport"]),
    tests(
        "AnsweringTests",
        importing: ["Answering", "Buses", "Charting", "Control", "Domain", "Indicators", "Installation", "TestSupport"]
    ),
    tests(
        "DaemonTests",
        importing: [
            "Contract", "Control", "Daemon", "Domain", "Indicators", "JSON", "MQTT", "Platform", "TestSupport",
            "gateway",
        ],
        [logging]
    ),
    tests("GuideTests", importing: ["TestSupport", "gateway", "gateway-city", "gateway-page"]),
    tests(
        "CommandTests",
        importing: [
            "Configuration", "Control", "Documents", "Domain", "Indicators", "Installation", "Platform", "Profiles",
            "Speech", "TestSupport", "gateway",
        ]
    ),
]

let package = Package(
    name: "gateway",
    products: [
        .executable(name: "gateway", targets: ["gateway"]),
        .executable(name: "gateway-page", targets: ["gateway-page"]),
        .executable(name: "gateway-city", targets: ["gateway-city"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    ],
    targets: program + city + pages + cabinet + figures + store + field + base + trials
)

// Imports are internal unless said otherwise, so a C type cannot leak through a public interface unnoticed.
for target in package.targets where target.type != .system {
    target.swiftSettings =
        ["ExistentialAny", "InternalImportsByDefault", "MemberImportVisibility", "NonisolatedNonsendingByDefault"]
        .map { .enableUpcomingFeature($0) } + [.treatAllWarnings(as: .error)]
}
