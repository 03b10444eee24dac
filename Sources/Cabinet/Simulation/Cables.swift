import Glibc

/// Cables that somebody pulls out while the simulation runs: a file in a folder, named for a bus or a device, is a
/// cable that is out for as long as the file is there.
public struct Cables: Hashable, Sendable {
    private let folder: String?

    /// - Parameter folder: nil where every cable stays in.
    public init(folder: String? = nil) { self.folder = folder }

    func isOut(_ names: String...) -> Bool {
        guard let folder else { return false }
        return names.contains { access("\(folder)/\($0)", F_OK) == 0 }
    }
}
