/// Why the database did not do what was asked.
public struct StoreError: Error, Hashable, Sendable {
    public enum Kind: Hashable, Sendable {
        /// There is no connection, or it broke: whether the last transaction was committed is not known.
        case unreachable
        /// The database refused the values themselves (SQLSTATE classes 22 and 23): the same values fail again.
        case values
        /// The database refused for another reason, such as a full disk, a missing right or a read-only standby.
        case refused
        /// The tables were made by a newer release.
        case newer
    }

    public var kind: Kind
    /// Five characters of the SQL standard; empty where the failure has none.
    public var state: String
    /// The database's words, in one line.
    public var detail: String

    public init(_ kind: Kind, state: String = "", detail: String) {
        self.kind = kind
        self.state = state
        self.detail = detail
    }
}

extension StoreError: CustomStringConvertible {
    public var description: String { state.isEmpty ? detail : "\(detail) (\(state))" }
}
