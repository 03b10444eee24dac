import Documents
import Profiles
import TestSupport
import Testing

/// A profile for tests: its registers or messages and points, as YAML.
func profile(_ text: String, id: String = "meter") throws -> Profile {
    let folder = try ScratchFolder()
    let head = "profile: \(id)\nname: Test meter\nmeasures: water\nsource: the tests\n"
    try folder.write(head + text, to: "\(id).yaml")
    let log = ProblemLog()
    let catalogue = ProfileCatalogue.load(folders: [(path: folder.path, required: true)], log: log)
    return try #require(catalogue[id], "\(log.problems)")
}
