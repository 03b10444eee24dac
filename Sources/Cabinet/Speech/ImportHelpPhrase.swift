/// The help of the options with which a profile is made from a table.
package enum ImportHelpPhrase: Phrase {
    case command, way, file, format, id, name, measures, source, numbering, order, table, factor, type, map, output

    package var wording: Wording {
        switch self {
        case .command:
            Wording(
                "Make a profile from a register table, or from another tool's file.",
                "Membuat profil dari tabel register, atau dari file program lain."
            )
        case .way:
            Wording(
                "What the table does not say is left as a blank, marked TODO, which `gateway check` names; what was "
                    + "not understood is printed, and stands beside its point. Nothing is guessed.",
                "Yang tidak disebut tabel dibiarkan kosong dengan tanda TODO, dan `gateway check` menyebutnya; yang "
                    + "tidak dipahami ditampilkan, dan tercatat di samping titik ukurnya. Tidak ada yang ditebak."
            )
        case .file:
            Wording(
                "The table: columns separated by commas, semicolons or tabs.",
                "Tabelnya: kolom dipisah koma, titik koma, atau tab."
            )
        case .format: Wording("Whose file it is: %1.", "Format filenya: %1.")
        case .id:
            Wording("The profile's id. (default: the file's name)", "ID profil. (bawaan: nama filenya)")
        case .name: Wording("Maker and model, for people.", "Merek dan model yang mudah dibaca.")
        case .measures: Wording("What the device measures: %1.", "Yang diukur perangkat: %1.")
        case .source: Wording("The document and page that the table is from.", "Dokumen dan halaman asal tabel.")
        case .numbering:
            Wording(
                "from_0 or from_1: how the manual counts registers.",
                "from_0 atau from_1: cara manual menomori register."
            )
        case .order: Wording("ABCD, CDAB, BADC or DCBA.", "ABCD, CDAB, BADC, atau DCBA.")
        case .table:
            Wording(
                "holding, input, coil or discrete: of rows that do not say it.",
                "holding, input, coil, atau discrete: untuk baris yang tidak menyebutnya."
            )
        case .factor:
            Wording(
                "times or divided: whether the table's factors multiply or divide.",
                "times atau divided: apakah faktor di tabel mengalikan atau membagi."
            )
        case .type:
            Wording(
                "The type of rows that name none: uint16, int16, ...",
                "Tipe untuk baris tanpa tipe: uint16, int16, ..."
            )
        case .map:
            Wording(
                "A column's head, or its number from 1, and what it holds (repeatable): %1.",
                "Judul kolom, atau nomornya mulai 1, dan isinya (boleh berulang): %1."
            )
        case .output:
            Wording("The file to write. (default: ID.yaml here)", "File hasilnya. (bawaan: ID.yaml di sini)")
        }
    }
}
