@main struct Sautikit { static func main() {} }
