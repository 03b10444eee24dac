public import Documents
import Glibc

/// Every profile of a set of folders; a later folder overrides an earlier one.
public struct ProfileCatalogue: Sendable {
    public private(set) var profiles: [String: Profile] = [:]
    /// Files whose profile is unusable: the problem of their devices is the profile, not an unknown name.
    public private(set) var broken: Set<String> = []

    /// The profiles that come with the program, then the site's own.
    private static let installed = ["/usr/share/gateway/devices", "/etc/gateway/devices"]

    /// The installed folders, which may be missing, and further ones, which may not.
    public static func folders(and further: [String]) -> [(path: String, required: Bool)] {
        installed.map { ($0, false) } + further.map { ($0, true) }
    }

    /// Reads `*.yaml` of each folder, with problems into the log; a missing folder is a problem only if `required`.
    public static func load(folders: [(path: String, required: Bool)], log: ProblemLog) -> ProfileCatalogue {
        var catalogue = ProfileCatalogue()
        for (folder, required) in folders {
            // Why it cannot be read is told by the problem.
            guard let names = try? Folder.documents(in: folder, log: log) else {
                if required {
                    log.add(Problem(file: folder, message: "the profiles' folder cannot be read; check --profiles"))
                }
                continue
            }
            for name in names {
                catalogue.add(file: folder + "/" + name, id: String(name.dropLast(5)), log: log)
            }
        }
        return catalogue
    }

    private mutating func add(file: String, id: String, log: ProblemLog) {
        guard let map = Document.mapping(ofFile: file, log: log) else {
            broken.insert(id)
            return
        }
        guard let profile = ProfileReader.read(map, expectedID: id, hash: map.contentHash) else {
            broken.insert(id)
            return
        }
        profiles[id] = profile
        broken.remove(id)
    }

    public init() {}

    public subscript(id: String) -> Profile? { profiles[id] }

    /// In order of their ids.
    public var all: [Profile] { profiles.values.sorted { $0.id < $1.id } }
}
