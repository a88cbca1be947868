/* A mapping that is right is followed; whatever is wrong in one is named by its place. */
#include <string.h>

#include "limber-error.h"
#include "limber-mapping.h"

static LimberMapping *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  LimberMapping *mapping = limber_mapping_parse (text, strlen (text), &error);

  g_assert_no_error (error);
  return mapping;
}

static void
assert_wrong (const char *text, const char *place, const char *allowed)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (limber_mapping_parse (text, strlen (text), &error));
  g_assert_error (error, LIMBER_ERROR, LIMBER_ERROR_FORMAT);
  if (!g_str_has_prefix (error->message, place) || strstr (error->message, allowed) == NULL)
    g_error ("“%s” does not name %s and %s", error->message, place, allowed);
}

#define PATIENTS(columns) "{\"lists\": {\"patients\": {\"columns\": " columns "}}}"
#define APPOINTMENTS(more) "{\"lists\": {\"appointments\": {" more ", \"columns\": {}}}}"

static void
test_wrong (void)
{
  assert_wrong ("[", "Not JSON", "");
  assert_wrong ("[]", "the mapping", "object");
  assert_wrong ("{}", "the mapping", "“lists”");
  assert_wrong ("{\"list\": {}}", "the mapping", "there are: name, lists");
  assert_wrong ("{\"lists\": {\"people\": {}}}", "lists", "practices, sites, staff, patients");
  assert_wrong ("{\"lists\": {\"patients\": {}}}", "lists.patients", "“columns”");
  assert_wrong (PATIENTS ("{\"famly\": \"Surname\"}"), "lists.patients.columns", "family");
  assert_wrong (PATIENTS ("{\"family\": 1}"), "lists.patients.columns.family", "name");
  assert_wrong (PATIENTS ("{\"family\": []}"), "lists.patients.columns.family", "one to 10");
  assert_wrong (PATIENTS ("{\"family\": {}}"), "lists.patients.columns.family", "“from”");
  assert_wrong (PATIENTS ("{\"family\": {\"is\": \"x\", \"from\": \"y\"}}"), "lists.patients.columns.family", "either");
  assert_wrong (PATIENTS ("{\"family\": {\"from\": \"x\", \"form\": \"DD/MM/YYYY\"}}"), "lists.patients.columns.family.form", "neither");
  assert_wrong (PATIENTS ("{\"born\": {\"from\": \"x\", \"form\": \"dd/mm/yyyy\"}}"), "lists.patients.columns.born.form", "DD/MM/YYYY");
  assert_wrong (PATIENTS ("{\"sex\": {\"from\": \"x\", \"words\": {\"M\": 1}}}"), "lists.patients.columns.sex.words", "“M”");
  assert_wrong (PATIENTS ("{\"sex\": {\"from\": \"x\", \"words\": {\"M\": \"1\", \"m\": \"2\"}}}"), "lists.patients.columns.sex.words", "twice");
  assert_wrong (APPOINTMENTS ("\"times\": \"DD/MM/YYYY\""), "lists.appointments", "HH:mm");
  assert_wrong (APPOINTMENTS ("\"delimiter\": \"::\""), "lists.appointments", "“;”");
  assert_wrong (APPOINTMENTS ("\"encoding\": \"latin\""), "lists.appointments", "Windows-1252");
  assert_wrong (APPOINTMENTS ("\"file\": \"../x.csv\""), "lists.appointments", "a file in the folder");
  assert_wrong (APPOINTMENTS ("\"days\": 0"), "lists.appointments", "from 1 to");
  assert_wrong (APPOINTMENTS ("\"sites\": [1]"), "lists.appointments", "a name must stand here");
  assert_wrong ("{\"lists\": {\"patients\": {\"days\": 3, \"columns\": {}}}}", "lists.patients", "“days” is not known");
}

static char *
read_column (LimberMapping *mapping, const char *list, const char *column, const char *const *cells, GError **error)
{
  return limber_mapped_column_read (g_hash_table_lookup (limber_mapping_list (mapping, list)->columns, column), cells, "2026-11-23", error);
}

#define CELLS(...) ((const char *const[]){ __VA_ARGS__, NULL })

static void
test_read (void)
{
  g_autoptr (LimberMapping) mapping =
      parse ("{\"lists\": {\"patients\": {\"dates\": \"DD/MM/YYYY\", \"columns\": {\"id\": \"No\", \"address\": [\"A\", \"B\", \"C\"], \"born\": \"DOB\","
             " \"sex\": {\"from\": \"S\", \"words\": {\"M\": \"1\", \"Female\": \"2\", \"*\": \"X\"}}, \"language\": {\"is\": \"en\"}, \"given\": {\"from\": [\"F\", \"M\"], \"join\": \"-\"}}}}}");
  g_autofree char *address = read_column (mapping, "patients", "address", CELLS ("1 High Street", "", "Harrow"), NULL), *born = read_column (mapping, "patients", "born", CELLS ("06/08/1954"), NULL);
  g_autofree char *male = read_column (mapping, "patients", "sex", CELLS ("m"), NULL), *female = read_column (mapping, "patients", "sex", CELLS ("FEMALE"), NULL);
  g_autofree char *other = read_column (mapping, "patients", "sex", CELLS ("?"), NULL), *none = read_column (mapping, "patients", "sex", CELLS (""), NULL);
  g_autofree char *language = read_column (mapping, "patients", "language", (const char *const[]){ NULL }, NULL), *given = read_column (mapping, "patients", "given", CELLS ("Ann", "Lee"), NULL);
  g_autofree char *unborn = read_column (mapping, "patients", "born", CELLS (""), NULL);
  g_autoptr (GError) error = NULL;

  g_assert_cmpstr (address, ==, "1 High Street;Harrow");
  g_assert_cmpstr (born, ==, "1954-08-06");
  g_assert_cmpstr (unborn, ==, "");
  g_assert_cmpstr (male, ==, "1");
  g_assert_cmpstr (female, ==, "2");
  g_assert_cmpstr (other, ==, "X");
  g_assert_cmpstr (none, ==, "");
  g_assert_cmpstr (language, ==, "en");
  g_assert_cmpstr (given, ==, "Ann-Lee");
  g_assert_null (read_column (mapping, "patients", "born", CELLS ("1954-08-06"), &error));
  g_assert_error (error, LIMBER_ERROR, LIMBER_ERROR_REFUSED);
  g_assert_null (limber_mapping_list (mapping, "sites"));
}

/* What an editor may leave in it. */
static void
test_bytes (void)
{
  g_autoptr (LimberMapping) marked = parse ("\xef\xbb\xbf{\"lists\": {}}");
  g_autoptr (GError) error = NULL;

  g_assert_null (limber_mapping_parse ("\"\\\xde\xb7\\", 5, &error));
  g_assert_error (error, LIMBER_ERROR, LIMBER_ERROR_FORMAT);
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
}

static void
test_files (void)
{
  static const char *const names[] = { "systmone-like.json", "emis-like.json" };
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autofree char *path = g_build_filename (g_getenv ("LIMBER_TEST_DATA"), "..", "..", "resources", "mappings", names[i], NULL);
    g_autoptr (LimberMapping) mapping = limber_mapping_load (path, &error);

    g_assert_no_error (error);
    g_assert_nonnull (strstr (limber_mapping_name (mapping), "-like"));
  }
  g_assert_null (limber_mapping_load ("/nowhere/at/all.json", &error));
  g_assert_error (error, LIMBER_ERROR, LIMBER_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_null (limber_mapping_load ("/dev/zero", &error));
  g_assert_error (error, LIMBER_ERROR, LIMBER_ERROR_FORMAT);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/exchange/mapping/what-is-wrong-is-named-by-its-place-with-what-is-allowed", test_wrong);
  g_test_add_func ("/exchange/mapping/cells-are-joined-translated-and-read-in-their-form", test_read);
  g_test_add_func ("/exchange/mapping/a-byte-order-mark-is-passed-over-and-odd-bytes-are-told-of-in-text", test_bytes);
  g_test_add_func ("/exchange/mapping/the-examples-can-be-followed", test_files);
  return g_test_run ();
}
