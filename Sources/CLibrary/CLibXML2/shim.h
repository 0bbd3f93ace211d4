#include <libxml/xmlversion.h>
// The ICU that a system's libxml2 may be built with is another than that of Foundation, and one module cannot see both. What
// is used here has no part of it.
#undef LIBXML_ICU_ENABLED
#include <libxml/parser.h>
#include <libxml/tree.h>
