import Foundation

/// Certificates made by openssl for one test: an authority, a broker's certificate for 127.0.0.1 and localhost, and a
/// second authority that signed nothing.
public struct BrokerCertificates {
    public let authority: String
    public let foreignAuthority: String
    public let certificate: String
    public let key: String

    /// - Parameter folder: where the files are put.
    public init(folder: String, names: String = "IP:127.0.0.1,DNS:localhost") throws {
        authority = folder + "/ca.pem"
        foreignAuthority = folder + "/foreign.pem"
        certificate = folder + "/broker.pem"
        key = folder + "/broker.key"
        let curve = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"]
        for (file, name) in [(authority, "Test authority"), (foreignAuthority, "Foreign authority")] {
            try Self.openssl(
                ["req", "-x509", "-subj", "/CN=\(name)", "-days", "2", "-keyout", file + ".key", "-out", file] + curve
            )
        }
        try Self.openssl(
            ["req", "-x509"] + curve + [
                "-subj", "/CN=broker", "-days", "2", "-addext", "subjectAltName=\(names)",
                "-addext", "basicConstraints=critical,CA:FALSE",
                "-CA", authority, "-CAkey", authority + ".key", "-keyout", key, "-out", certificate,
            ]
        )
    }

    /// The broker's certificate and key in one file, as Python takes them.
    public func certificateWithKey() throws -> String {
        let file = certificate + ".both"
        let parts = try [certificate, key].map { try String(contentsOfFile: $0, encoding: .utf8) }
        try parts.joined().write(toFile: file, atomically: true, encoding: .utf8)
        return file
    }

    private static func openssl(_ arguments: [String]) throws {
        let (status, lines) = try ChildProcess.run("/usr/bin/openssl", arguments)
        if status != 0 { throw BrokerFailure(words: "openssl: " + lines.joined(separator: "\n")) }
    }
}
