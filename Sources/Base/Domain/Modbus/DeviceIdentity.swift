/// What a Modbus device says of itself.
public struct DeviceIdentity: Hashable, Sendable {
    /// VendorName, object 0 of function code 43 with type 14; nil where the device does not say it.
    public var maker: String?
    /// ProductCode, object 1.
    public var product: String?
    /// MajorMinorRevision, object 2.
    public var revision: String?
    /// What function code 17 brings, where 43 brings nothing: text as far as its bytes are that.
    public var serverID: String?

    public init(maker: String? = nil, product: String? = nil, revision: String? = nil, serverID: String? = nil) {
        self.maker = maker
        self.product = product
        self.revision = revision
        self.serverID = serverID
    }

    /// All that is known, for people: maker, product, revision.
    public var text: String { [maker, product, revision, serverID].compactMap(\.self).joined(separator: ", ") }
}
