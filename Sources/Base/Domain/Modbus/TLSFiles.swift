/// The files of a secured connection, by path; all in PEM.
public struct TLSFiles: Hashable, Sendable {
    /// The authorities whose certificates are trusted.
    public var caFile: String
    /// This gateway's certificate, for a device that asks for one; it goes together with `keyFile`.
    public var certificateFile: String?
    public var keyFile: String?

    public init(caFile: String, certificateFile: String? = nil, keyFile: String? = nil) {
        self.caFile = caFile
        self.certificateFile = certificateFile
        self.keyFile = keyFile
    }
}
