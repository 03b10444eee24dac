/// The scope of a merged figure, as its topic names it.
public enum Scope: Hashable, Sendable, Comparable {
    /// All that the city has.
    case city
    /// The name as topics have it.
    case kecamatan(String)
    case kelurahan(String)

    /// The word in topics and payloads: `kota`, `kecamatan-sukamaju`.
    public var name: String {
        switch self {
        case .city: "kota"
        case .kecamatan(let name): "kecamatan-" + name
        case .kelurahan(let name): "kelurahan-" + name
        }
    }

    public static func < (a: Scope, b: Scope) -> Bool { (a.rank, a.name) < (b.rank, b.name) }

    private var rank: Int {
        switch self {
        case .city: 0
        case .kecamatan: 1
        case .kelurahan: 2
        }
    }

    /// The scope that a gateway's figure counts in: its own `gateway` is a part of the city.
    ///
    /// - Returns: nil for the scope of a device or a site.
    init?(ofGateway scope: String) {
        if scope == Self.wholeGateway {
            self = .city
        } else if scope.hasPrefix("kecamatan-") {
            self = .kecamatan(String(scope.dropFirst("kecamatan-".count)))
        } else if scope.hasPrefix("kelurahan-") {
            self = .kelurahan(String(scope.dropFirst("kelurahan-".count)))
        } else {
            return nil
        }
    }

    /// The word for all devices of one gateway.
    static let wholeGateway = "gateway"
}
