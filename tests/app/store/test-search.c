#include "limber-search.h"

#include "limber-date.h"
#include "limber-search-index.h"
#include "limber-search-terms.h"
#include "limber-test.h"

typedef struct {
  TestClock     clock;
  LimberEnv    *env;
  char         *dir;
  LimberStore  *store;
  LimberSearch *search;
  LimberId      site;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->env = test_env_new (&fixture->clock);
  fixture->dir = test_dir_new ();
  test_id (&fixture->site, "site");
  fixture->store = test_store_new (fixture->dir, fixture->env, LIMBER_CLASS_DESK, &fixture->site);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  if (fixture->search != NULL)
    g_assert_finalize_object (fixture->search);
  g_clear_object (&fixture->store);
  test_dir_remove (fixture->dir);
  g_free (fixture->dir);
  limber_env_unref (fixture->env);
}

static gboolean
is_ready (gpointer data)
{
  return limber_search_is_ready (data);
}

static void
begin (Fixture *fixture)
{
  fixture->search = limber_search_new (fixture->store);
  g_assert_true (test_wait (is_ready, fixture->search));
}

static void
put (Fixture *fixture, const char *family, const char *given, const char *born, const char *field, const char *value)
{
  LimberId id;
  g_autofree char *name = g_strdup_printf ("%s %s", given, family);

  test_id (&id, name);
  test_store_put (fixture->store, "patient", &id, "family", family, "given", given, "born", born, field, value, NULL);
}

static void
put_appointment (Fixture *fixture, const char *name, const char *person, const char *start, const char *status)
{
  LimberId id, patient;
  g_autofree char *whose = NULL, *site = limber_id_dup_text (&fixture->site);

  test_id (&id, name);
  test_id (&patient, person);
  whose = limber_id_dup_text (&patient);
  test_store_put (fixture->store, "appointment", &id, "patient", whose, "site", site, "start", start, "status", status, NULL);
}

/* Who is found, by given names. */
static char *
found (Fixture *fixture, const char *text)
{
  g_autoptr (GPtrArray) rows = limber_search_find (fixture->search, text, 20);
  GString *names = g_string_new (NULL);

  for (guint i = 0; i < rows->len; i++)
    g_string_append_printf (names, "%s%s%s", i > 0 ? " " : "", limber_row_integer (g_ptr_array_index (rows, i), "near") ? "~" : "", limber_row_text (g_ptr_array_index (rows, i), "given"));
  return g_string_free (names, FALSE);
}

static void
assert_found (Fixture *fixture, const char *text, const char *names)
{
  g_autofree char *is = found (fixture, text);

  if (!g_str_equal (is, names))
    g_test_fail_printf ("%s finds “%s”, not “%s”", text, is, names);
}

static void
put_people (Fixture *fixture)
{
  put (fixture, "O'Connor", "Declan", "1954-08-06", "nhs_number", "9990000018");
  put (fixture, "Barton-Wood", "Rose", "1960-01-02", "mobile", "+447700900123");
  put (fixture, "Łuczak", "Łukasz", "1988-12-31", "number", "P0001234");
  put (fixture, "van der Berg", "Søren", "1990-02-28", "phone", "020 8427 5511");
  put (fixture, "Featherstonehaugh", "Zoë", "1949-08-06", "title", "Mrs");
  put (fixture, "Brown", "James", "1971-07-07", "preferred", "Jim Bob");
}

static void
test_names (Fixture *fixture, gconstpointer data)
{
  static const char *const cases[][2] = {
    { "oconnor", "Declan" }, { "O'Connor", "Declan" }, { "o’conn", "Declan" }, { "connor", "Declan" }, { "o connor", "Declan" }, { "declan o", "Declan" }, { "OCONNOR DEC", "Declan" },
    { "barton wood", "Rose" }, { "wood rose", "Rose" }, { "bartonwood", "Rose" }, { "Barton-W", "Rose" }, { "wood,", "Rose" },
    { "lukasz", "Łukasz" }, { "luczak", "Łukasz" }, { "ŁUCZ", "Łukasz" }, { "soren", "Søren" }, { "berg", "Søren" }, { "vanderberg", "Søren" }, { "van d", "Søren" },
    { "zoe", "Zoë" }, { "mrs featherstonehaugh", "Zoë" }, { "Zoë Feath", "Zoë" }, { "", "" }, { "   ", "" }, { "declan rose", "" }, { "'", "" },
    { "jim", "James" }, { "bob brown", "James" }, { "jimb", "James" }, { "jim james", "James" }, { "brown jmi", "~James" },
  };

  put_people (fixture);
  begin (fixture);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    assert_found (fixture, cases[i][0], cases[i][1]);
}

static void
test_more_names (Fixture *fixture, gconstpointer data)
{
  static const char *const cases[][2] = {
    { "Ștefănescu", "Crăiţa" }, { "stefanescu", "Crăiţa" }, { "craita stef", "Crăiţa" }, { "al-hassan", "Omar" }, { "alhassan", "Omar" }, { "al hassan", "Omar" }, { "hassan om", "Omar" },
    { "st john", "Ann" }, { "st.john", "Ann" }, { "stjohn", "Ann" }, { "saint john", "" }, { "o", "O Omar" }, { "s", "S Thiruchelvanathan Ann Crăiţa" }, { "ng", "Wei" }, { "Ng W", "Wei" },
    { "sivanesathurai balasubramaniam", "Thiruchelvanathan" }, { "balasub thiru", "Thiruchelvanathan" }, { "સ્મિથ", "જોન" }, { "જોન સ્", "જોન" }, { "د", "ليلى" }, { "dr ng", "Wei" }, { "prof", "" },
  };

  put (fixture, "Ștefănescu", "Crăiţa", "1990-01-01", NULL, NULL);
  put (fixture, "Al-Hassan", "Omar", "1991-01-01", NULL, NULL);
  put (fixture, "St.John", "Ann", "1992-01-01", NULL, NULL);
  put (fixture, "O", "O", "1993-01-01", NULL, NULL);
  put (fixture, "S", "S", "1994-01-01", NULL, NULL);
  put (fixture, "Ng", "Wei", "1995-01-01", NULL, NULL);
  put (fixture, "Sivanesathurai Balasubramaniam", "Thiruchelvanathan", "1996-01-01", NULL, NULL);
  put (fixture, "સ્મિથ", "જોન", "1997-01-01", NULL, NULL);
  put (fixture, "داود", "ليلى", "1998-01-01", NULL, NULL);
  begin (fixture);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    assert_found (fixture, cases[i][0], cases[i][1]);
}

static void
put_dates (Fixture *fixture)
{
  put (fixture, "Smith", "John", "1954-08-06", "phone", "020 8427 1954");
  put (fixture, "Smith", "June", "1954-03-01", NULL, NULL);
  put (fixture, "Jones", "Joan", "1954-06-30", NULL, NULL);
  put (fixture, "Smith", "Ada", "1926-11-24", NULL, NULL);
  put (fixture, "Smith", "Baby", "2026-01-02", NULL, NULL);
}

static void
test_parts_of_dates (Fixture *fixture, gconstpointer data)
{
  static const char *const cases[][2] = {
    { "6th August 1954", "John" }, { "6 aug 54", "John" }, { "6aug54", "John" }, { "6.8.1954", "John" }, { "19540806", "John" }, { "06081954", "John" }, { "aug 1954", "John" }, { "august 54 smi", "John" },
    { "1954", "Joan John June" }, { "1954 smith", "John June" }, { "smi 54", "John June" }, { "54 smith", "John June" }, { "54", "" }, { "june 1954", "Joan June ~John" }, { "june 54", "Joan June ~John" }, { "june smith", "June ~John" },
    { "smith 6/8/54", "John" }, { "6/8/54 smith", "John" }, { "smi jo", "John" }, { "smith 6", "Ada Baby John June" }, { "smith 6/", "Ada Baby John June" }, { "smith 6/8", "John" }, { "smith 6/8/", "John" },
    { "smith 6/8/5", "John" }, { "smith 6/8/195", "John" }, { "8/1954", "John" }, { "24/11/26", "Ada" }, { "2/1/26", "Baby" }, { "smith 26", "Ada Baby" }, { "2027", "" }, { "20 8427", "" }, { "(020) 8427", "John" },
  };

  put_dates (fixture);
  begin (fixture);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    assert_found (fixture, cases[i][0], cases[i][1]);
}

/* Only beside a name, and after all who fit. */
static void
test_slips_in_dates (Fixture *fixture, gconstpointer data)
{
  static const char *const cases[][2] = {
    { "smith 6/8/53", "~John" }, { "smith 8/6/54", "~John" }, { "6/8/45 smi", "~John" }, { "smith 31/6/54", "" }, { "jones 31/6/54", "~Joan" }, { "smith 6/18/54", "~John" }, { "smith 06081956", "~John" },
    { "6/8/53", "" }, { "8/6/54", "" }, { "31/6/54", "" }, { "smiht 6/8/53", "" }, { "1953 smith", "" }, { "smiht 6/8/54", "~John" },
  };

  put_dates (fixture);
  begin (fixture);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    assert_found (fixture, cases[i][0], cases[i][1]);
}

static void
test_dates (Fixture *fixture, gconstpointer data)
{
  static const char *const cases[][2] = {
    { "6/8/54", "Declan" }, { "06.08.1954", "Declan" }, { "6 aug 1954", "Declan" }, { "06081954", "Declan" }, { "060854", "Declan" }, { "1954-08-06", "Declan" },
    { "6/8", "Zoë Declan" }, { "6 aug", "Zoë Declan" }, { "oconnor 6/8/54", "Declan" }, { "6 august 1954 dec", "Declan" }, { "rose 6/8/54", "" }, { "31/2/1954", "" }, { "28/2", "Søren" },
  };

  put_people (fixture);
  begin (fixture);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    assert_found (fixture, cases[i][0], cases[i][1]);
}

static void
test_numbers (Fixture *fixture, gconstpointer data)
{
  static const char *const cases[][2] = {
    { "9990000018", "Declan" }, { "999 000 0018", "Declan" }, { "999 00", "Declan" }, { "9990000019", "~Declan" }, { "P0001234", "Łukasz" }, { "p0001234", "Łukasz" }, { "0001234", "Łukasz" },
    { "07700900123", "Rose" }, { "07700 900 123", "Rose" }, { "+44 7700 900123", "Rose" }, { "447700900123", "Rose" }, { "0770", "Rose" }, { "900123", "Rose" }, { "(020) 8427-5511", "Søren" },
    { "5511", "Søren" }, { "rose 07700", "Rose" }, { "12", "" }, { "99999999999999999999999999", "" },
    { "999-000-0018", "Declan" }, { "0018", "Declan" }, { "9900000018", "~Declan" }, { "9990000081", "~Declan" }, { "9990000026", "" }, { "00447700900123", "Rose" }, { "0123", "Rose" }, { "1234", "Łukasz" },
    { "07700900132", "" }, { "07700-900-123", "Rose" }, { "+44 (0)20 8427 5511", "Søren" }, { "20 8427 5511", "Søren" }, { "declan 0018", "Declan" }, { "rose 0018", "" },
  };

  put_people (fixture);
  begin (fixture);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    assert_found (fixture, cases[i][0], cases[i][1]);
}

static void
test_order (Fixture *fixture, gconstpointer data)
{
  put (fixture, "Smith", "Bea", "1950-01-01", NULL, NULL);
  put (fixture, "Smith", "Ann", "1950-01-01", NULL, NULL);
  put (fixture, "Allen-Smith", "Cara", "1950-01-01", NULL, NULL);
  put (fixture, "Smithson", "Dora", "1950-01-01", NULL, NULL);
  put (fixture, "Adams", "Smith", "1950-01-01", NULL, NULL);
  put_appointment (fixture, "a", "Cara Allen-Smith", "2026-11-23T10:00:00Z", "booked");
  put_appointment (fixture, "b", "Bea Smith", "2026-11-24T10:00:00Z", "booked");
  begin (fixture);
  assert_found (fixture, "smith", "Cara Ann Bea Dora Smith");
}

static void
test_today (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) rows = NULL;
  LimberRow *row;
  LimberId id;

  put (fixture, "Smith", "Bea", "1950-01-01", "mobile", "07700900123");
  put_appointment (fixture, "seen", "Bea Smith", "2026-11-23T08:00:00Z", "seen");
  put_appointment (fixture, "missed", "Bea Smith", "2026-11-23T07:00:00Z", "booked");
  put_appointment (fixture, "later", "Bea Smith", "2026-11-23T15:00:00Z", "booked");
  put_appointment (fixture, "next", "Bea Smith", "2026-11-23T10:00:00Z", "booked");
  put_appointment (fixture, "cancelled", "Bea Smith", "2026-11-23T09:10:00Z", "cancelled");
  begin (fixture);
  rows = limber_search_find (fixture->search, "smi", 5);
  g_assert_cmpuint (rows->len, ==, 1);
  row = g_ptr_array_index (rows, 0);
  test_id (&id, "next");
  g_assert_true (limber_id_equal (limber_row_id (row, "appointment"), &id));
  g_assert_cmpint (limber_row_integer (row, "start"), ==, TEST_NOW + 60 * 60 * 1000);
  g_assert_cmpint (limber_row_integer (row, "status"), ==, 0);
  g_assert_cmpstr (limber_row_text (row, "family"), ==, "Smith");
  g_assert_cmpstr (limber_row_text (row, "born"), ==, "1950-01-01");
  g_assert_cmpstr (limber_row_text (row, "mobile"), ==, "07700900123");
  g_assert_false (limber_row_has (row, "nhs_number"));
}

static void
test_near (Fixture *fixture, gconstpointer data)
{
  put (fixture, "Featherstonehaugh", "Zoë", "1949-08-06", NULL, NULL);
  put (fixture, "Smith", "Ann", "1950-01-01", NULL, NULL);
  put (fixture, "Smyth", "Bea", "1950-01-01", NULL, NULL);
  begin (fixture);
  assert_found (fixture, "smith", "Ann ~Bea");
  assert_found (fixture, "smiht", "~Ann ~Bea");
  assert_found (fixture, "smitth", "~Ann ~Bea");
  assert_found (fixture, "smth", "~Ann ~Bea");
  assert_found (fixture, "featherstonhau", "~Zoë");
  assert_found (fixture, "smi", "Ann");
  assert_found (fixture, "jones", "");
}

static void
test_sounds (Fixture *fixture, gconstpointer data)
{
  static const char *const cases[][2] = {
    { "clerk", "Bea ~Ann" }, { "clarke", "~Bea ~Ann" }, { "stevenson", "~Cara" }, { "whitaker", "~Dora" }, { "reed", "~Edna" }, { "mohammed", "~Farah" }, { "siobhan o'brian", "~Siobhán" }, { "shivaun", "~Siobhán" },
    { "rede", "~Edna" }, { "redm", "" }, { "re", "Edna" },
  };

  put (fixture, "Clark", "Ann", "1950-01-01", NULL, NULL);
  put (fixture, "Clerk", "Bea", "1950-01-01", NULL, NULL);
  put (fixture, "Stephenson", "Cara", "1950-01-01", NULL, NULL);
  put (fixture, "Whittaker", "Dora", "1950-01-01", NULL, NULL);
  put (fixture, "Reid", "Edna", "1950-01-01", NULL, NULL);
  put (fixture, "Muhamad", "Farah", "1950-01-01", NULL, NULL);
  put (fixture, "O’Brien", "Siobhán", "1950-01-01", NULL, NULL);
  put_appointment (fixture, "a", "Bea Clerk", "2026-11-23T10:00:00Z", "booked");
  begin (fixture);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    assert_found (fixture, cases[i][0], cases[i][1]);
}

static gboolean
same_name (Fixture *fixture, const char *text, guint at)
{
  g_autoptr (GPtrArray) rows = limber_search_find (fixture->search, text, 20);

  g_assert_cmpuint (at, <, rows->len);
  return limber_row_integer (g_ptr_array_index (rows, at), "same_name") != 0;
}

static void
test_same_name (Fixture *fixture, gconstpointer data)
{
  put (fixture, "Smith", "John", "1954-08-06", NULL, NULL);
  put (fixture, "Smith", "Jane", "1981-01-02", NULL, NULL);
  put (fixture, "SMITH", "Jöhn", "1981-01-02", NULL, NULL);
  put (fixture, "Jones", "Steven", "1960-01-01", NULL, NULL);
  put (fixture, "Jones", "Stephen", "1960-01-01", NULL, NULL);
  begin (fixture);
  assert_found (fixture, "smith", "Jane John Jöhn");
  g_assert_false (same_name (fixture, "smith", 0));
  g_assert_true (same_name (fixture, "smith", 1));
  g_assert_true (same_name (fixture, "smith", 2));
  g_assert_false (same_name (fixture, "smith 6/8/54", 0)); /* she alone is meant */
  g_assert_true (same_name (fixture, "jones", 0));         /* Stephen and Steven, twins */
}

/* An address tells people apart, but a restricted one is not even read. */
static void
test_address (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) rows = NULL;
  LimberId id;

  put (fixture, "Smith", "Ann", "1950-01-01", "postcode", "HA1 1AA");
  put (fixture, "Smith", "Bea", "1950-01-01", "postcode", "HA2 2BB");
  test_id (&id, "Ann Smith");
  test_store_put (fixture->store, "patient", &id, "address", "1 Kenton Lane\nHarrow", NULL);
  test_id (&id, "Bea Smith");
  test_store_put (fixture->store, "patient", &id, "address", "2 Kenton Lane\nHarrow", "restricted", "true", NULL);
  begin (fixture);
  rows = limber_search_find (fixture->search, "smith", 20);
  g_assert_cmpuint (rows->len, ==, 2);
  g_assert_cmpstr (limber_row_text (g_ptr_array_index (rows, 0), "address"), ==, "1 Kenton Lane\nHarrow");
  g_assert_cmpstr (limber_row_text (g_ptr_array_index (rows, 0), "postcode"), ==, "HA1 1AA");
  g_assert_false (limber_row_has (g_ptr_array_index (rows, 1), "address"));
  g_assert_false (limber_row_has (g_ptr_array_index (rows, 1), "postcode"));
  g_assert_cmpint (limber_row_integer (g_ptr_array_index (rows, 1), "restricted"), ==, 1);
}

typedef struct {
  const char *text;
  guint       limit;
  GPtrArray  *rows; /* (owned) */
} Once;

static gboolean
look_once (LimberReader *reader, gpointer data, GError **error)
{
  Once *once = data;

  once->rows = limber_search_once (reader, once->text, once->limit, error);
  return once->rows != NULL;
}

static void
test_once (Fixture *fixture, gconstpointer data)
{
  Once once = { "conor", 5, NULL };
  g_autoptr (GError) error = NULL;

  put_people (fixture);
  limber_store_read (fixture->store, look_once, &once, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (once.rows->len, ==, 1);
  g_assert_cmpstr (limber_row_text (g_ptr_array_index (once.rows, 0), "given"), ==, "Declan");
  g_assert_cmpint (limber_row_integer (g_ptr_array_index (once.rows, 0), "near"), ==, 1);
  g_ptr_array_unref (once.rows);
}

static void
test_near_only_when_few (Fixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < 5; i++) {
    g_autofree char *given = g_strdup_printf ("A%c", 'a' + i);

    put (fixture, "Smith", given, "1950-01-01", NULL, NULL);
  }
  put (fixture, "Smyth", "Bea", "1950-01-01", NULL, NULL);
  begin (fixture);
  assert_found (fixture, "smith", "Aa Ab Ac Ad Ae");
}

typedef struct {
  Fixture    *fixture;
  const char *text;
  const char *names;
} Expect;

static gboolean
finds (gpointer data)
{
  Expect *expect = data;
  g_autofree char *names = found (expect->fixture, expect->text);

  return g_str_equal (names, expect->names);
}

static gboolean
finds_one (gpointer data)
{
  Expect *expect = data;
  g_autoptr (GPtrArray) rows = limber_search_find (expect->fixture->search, expect->text, 1);

  return rows->len == 1 && g_strcmp0 (limber_row_text (g_ptr_array_index (rows, 0), "given"), expect->names) == 0;
}

#define assert_comes_to_find(fixture_, text_, names_) g_assert_true (test_wait (finds, &(Expect){ fixture_, text_, names_ }))

static gboolean
forget (LimberTransaction *transaction, gpointer data, GError **error)
{
  return limber_transaction_forget (transaction, data, error);
}

static void
test_kept_true (Fixture *fixture, gconstpointer data)
{
  LimberId id;

  begin (fixture);
  assert_found (fixture, "smith", "");
  put (fixture, "Smith", "Bea", "1950-01-01", NULL, NULL);
  assert_comes_to_find (fixture, "smith", "Bea");
  put (fixture, "Smith", "Ann", "1950-01-01", NULL, NULL);
  assert_comes_to_find (fixture, "smith", "Ann Bea");
  test_id (&id, "Bea Smith");
  test_store_put (fixture->store, "patient", &id, "family", "Jones", NULL);
  assert_comes_to_find (fixture, "smith", "Ann");
  assert_comes_to_find (fixture, "jones", "Bea");
  put_appointment (fixture, "a", "Bea Jones", "2026-11-23T10:00:00Z", "booked");
  limber_store_write (fixture->store, forget, &id, NULL);
  assert_comes_to_find (fixture, "jones", "");
}

/* Nothing of her stays in memory either: she takes nobody's place. */
static void
test_forgotten_takes_no_place (Fixture *fixture, gconstpointer data)
{
  LimberId id;

  put (fixture, "Smith", "Ann", "1950-01-01", NULL, NULL);
  begin (fixture);
  put (fixture, "Smith", "Bea", "1950-01-01", NULL, NULL);
  put (fixture, "Smith", "Cara", "1950-01-01", NULL, NULL);
  assert_comes_to_find (fixture, "smith", "Ann Bea Cara");
  test_id (&id, "Ann Smith");
  limber_store_write (fixture->store, forget, &id, NULL);
  test_id (&id, "Bea Smith");
  limber_store_write (fixture->store, forget, &id, NULL);
  g_assert_true (test_wait (finds_one, &(Expect){ fixture, "smith", "Cara" }));
}

/* The same when they were in the index from the beginning. */
static void
test_kept_true_of_the_packed (Fixture *fixture, gconstpointer data)
{
  LimberId id;

  put (fixture, "Smith", "Bea", "1950-01-01", NULL, NULL);
  put (fixture, "Smith", "Ann", "1950-01-01", NULL, NULL);
  begin (fixture);
  put_appointment (fixture, "a", "Bea Smith", "2026-11-23T10:00:00Z", "booked");
  assert_comes_to_find (fixture, "smith", "Bea Ann");
  test_id (&id, "Bea Smith");
  test_store_put (fixture->store, "patient", &id, "family", "Jones", NULL);
  assert_comes_to_find (fixture, "smith", "Ann");
  assert_comes_to_find (fixture, "jones", "Bea");
  test_id (&id, "Ann Smith");
  limber_store_write (fixture->store, forget, &id, NULL);
  assert_comes_to_find (fixture, "smith", "");
}

static void
test_midnight (Fixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < 30; i++) {
    g_autofree char *given = g_strdup_printf ("A%02u", i);

    put (fixture, "Smith", given, "1950-01-01", NULL, NULL);
  }
  put (fixture, "Smith", "Zoë", "1950-01-01", NULL, NULL);
  put_appointment (fixture, "a", "Zoë Smith", "2026-11-24T10:00:00Z", "booked");
  begin (fixture);
  {
    g_autofree char *names = found (fixture, "smith");

    g_assert_true (g_str_has_prefix (names, "A00 A01 ") && strstr (names, "Zoë") == NULL);
  }
  fixture->clock.now += G_GINT64_CONSTANT (24) * 60 * 60 * 1000;
  assert_comes_to_find (fixture, "smith", "Zoë A00 A01 A02 A03 A04 A05 A06 A07 A08 A09 A10 A11 A12 A13 A14 A15 A16 A17 A18");
}

static void
test_merged (Fixture *fixture, gconstpointer data)
{
  LimberId smith, jones;
  const LimberId *shown, *other;
  g_autofree char *into = NULL;
  g_autoptr (GPtrArray) rows = NULL;

  put (fixture, "Smith", "Bea", "1950-01-01", NULL, NULL);
  put (fixture, "Jones", "Beatrice", "1950-01-01", NULL, NULL);
  put_appointment (fixture, "a", "Beatrice Jones", "2026-11-23T10:00:00Z", "booked");
  test_id (&smith, "Bea Smith");
  test_id (&jones, "Beatrice Jones");
  shown = limber_id_compare (&smith, &jones) > 0 ? &smith : &jones; /* the one that is pointed at, though its id is not the smallest */
  other = shown == &smith ? &jones : &smith;
  into = limber_id_dup_text (shown);
  test_store_put (fixture->store, "patient", other, "merged_into", into, NULL);
  begin (fixture);
  for (guint i = 0; i < 3; i++) {
    static const char *const typed[] = { "smith", "jones", "1/1/50" };

    g_clear_pointer (&rows, g_ptr_array_unref);
    rows = limber_search_find (fixture->search, typed[i], 20);
    g_assert_cmpuint (rows->len, ==, 1);
    g_assert_true (limber_id_equal (limber_row_id (g_ptr_array_index (rows, 0), "patient"), shown));
    g_assert_true (limber_row_has (g_ptr_array_index (rows, 0), "appointment"));
  }
}

/* What was typed as an NHS number and can be none finds nobody. */
static void
test_typed_number (Fixture *fixture, gconstpointer data)
{
  LimberId smith;
  g_autoptr (GPtrArray) by_number = NULL, by_name = NULL;

  put (fixture, "Smith", "Bea", "1950-01-01", NULL, NULL);
  test_id (&smith, "Bea Smith");
  test_store_put (fixture->store, "patient", &smith, "nhs_typed", "9990000019", "nhs_status", "03", NULL);
  begin (fixture);
  by_number = limber_search_find (fixture->search, "9990000019", 20);
  by_name = limber_search_find (fixture->search, "smith", 20);
  g_assert_cmpuint (by_number->len, ==, 0);
  g_assert_cmpuint (by_name->len, ==, 1);
}

static gboolean
put_many (LimberTransaction *transaction, gpointer data, GError **error)
{
  static const LimberAuthor author = { "system:test", "test" };

  for (guint i = 0; i < 2500; i++) {
    g_autofree char *name = g_strdup_printf ("Q%c%c%c", 'a' + i / 676, 'a' + i / 26 % 26, 'a' + i % 26);
    g_autoptr (LimberEdit) edit = NULL;
    LimberId id;

    test_id (&id, name);
    edit = limber_edit_new ("patient", &id);
    limber_edit_set_text (edit, "family", "Crowd");
    limber_edit_set_text (edit, "given", name);
    limber_edit_set_text (edit, "born", "1950-01-01");
    if (!limber_transaction_edit (transaction, edit, &author, error))
      return FALSE;
  }
  return TRUE;
}

static void
test_many_at_once (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  begin (fixture);
  limber_store_write (fixture->store, put_many, NULL, &error);
  g_assert_no_error (error);
  assert_comes_to_find (fixture, "crowd qdr", "Qdra Qdrb Qdrc Qdrd Qdre Qdrf Qdrg Qdrh Qdri Qdrj Qdrk Qdrl Qdrm Qdrn Qdro Qdrp Qdrq Qdrr Qdrs Qdrt");
}

static void
on_found (GObject *source, GAsyncResult *result, gpointer data)
{
  *(GPtrArray **) data = limber_search_find_finish (LIMBER_SEARCH (source), result, NULL);
}

static gboolean
has_come (gpointer data)
{
  return *(GPtrArray **) data != NULL;
}

static void
test_async (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) rows = NULL;

  put_people (fixture);
  begin (fixture);
  limber_search_find_async (fixture->search, "oconnor", 20, NULL, on_found, &rows);
  g_assert_true (test_wait (has_come, &rows));
  g_assert_cmpuint (rows->len, ==, 1);
  g_assert_cmpstr (limber_row_text (g_ptr_array_index (rows, 0), "given"), ==, "Declan");
}

static void
test_given_up (Fixture *fixture, gconstpointer data)
{
  put_people (fixture);
  fixture->search = limber_search_new (fixture->store);
  g_assert_finalize_object (g_steal_pointer (&fixture->search)); /* while it is still being made */
}

static void
test_anything_typed (Fixture *fixture, gconstpointer data)
{
  put_people (fixture);
  begin (fixture);
  for (guint i = 0; i < 3000; i++) {
    char text[16] = "";
    guint length = g_test_rand_int_range (0, 15);
    g_autoptr (GPtrArray) rows = NULL;

    for (guint k = 0; k < length; k++)
      text[k] = (char) (i % 2 ? g_test_rand_int_range (1, 256) : " 0169/.-+'aeosm"[g_test_rand_int_range (0, 15)]);
    rows = limber_search_find (fixture->search, text, 3);
    g_assert_cmpuint (rows->len, <=, 3);
  }
}

/* Random people and questions: whether somebody was there when the index was made, or came later, is the same. */
static void
test_packed_is_fresh (void)
{
  static const char *const families[] = { "Smith", "Smyth", "Barton-Wood", "O'Connor", "Łuczak", "van der Berg", "Li", "Jones-Smith" };
  static const char *const givens[] = { "Ann", "Anne-Marie", "Zoë", "Łukasz", "Smith", "J" };
  static const char *const asked[] = { "smith", "smi ann", "a", "j", "wood bar", "connor", "oconnor", "luczka", "li", "6/8/54", "6/8", "0770", "900123", "1003", "smith 6/8/54", "berg", "anne marie", "smth", "smit 6/8/45", "smith 8/6/54",
                                       "luchak", "1954", "aug 1954 sm", "1200", "9990000062", "9990000026", "0026", "54 smith", "jon", "ane", "01103", "11030" };
  LimberSearchPack *pack = limber_search_pack_new (), *empty = limber_search_pack_new ();
  g_autoptr (LimberSearchIndex) packed = NULL, fresh = NULL;
  guint first[] = { 5, 50, 100, 500 };

  limber_search_pack_seal (empty);
  fresh = limber_search_index_new (empty);
  for (guint i = 1; i < 400; i++) {
    g_autofree char *mobile = g_strdup_printf ("07700 900%03u", i), *number = g_strdup_printf ("P%04u", 1000 + i);
    LimberSearchPerson person = { .n = i, .family = families[g_test_rand_int_range (0, 8)], .given = givens[g_test_rand_int_range (0, 6)], .born = i % 7 ? "1960-08-06" : "1954-08-06",
                                  .numbers = { mobile, number, i % 3 ? NULL : "020 8427 0000", i % 5 ? NULL : "9990000026" },
                                  .preferred = i % 4 ? NULL : givens[g_test_rand_int_range (0, 6)] };

    limber_search_pack_add (pack, &person);
    limber_search_index_put (fresh, &person);
  }
  limber_search_pack_seal (pack);
  packed = limber_search_index_new (pack);
  limber_search_index_set_first (packed, first, 4);
  limber_search_index_set_first (fresh, first, 4);
  for (guint i = 0; i < 50; i++) {
    guint32 gone = (guint32) g_test_rand_int_range (1, 400);

    limber_search_index_remove (packed, gone);
    limber_search_index_remove (fresh, gone);
  }
  for (gsize i = 0; i < G_N_ELEMENTS (asked); i++) {
    g_autoptr (GArray) one = limber_search_index_find (packed, asked[i], "2026-11-23", 1000), other = limber_search_index_find (fresh, asked[i], "2026-11-23", 1000);
    g_autoptr (GHashTable) groups = g_hash_table_new (NULL, NULL);

    g_assert_cmpuint (one->len, ==, other->len);
    for (guint k = 0; k < one->len; k++)
      g_hash_table_insert (groups, GUINT_TO_POINTER (g_array_index (one, LimberSearchHit, k).n), GUINT_TO_POINTER (g_array_index (one, LimberSearchHit, k).group + 1));
    for (guint k = 0; k < other->len; k++)
      g_assert_cmpuint (GPOINTER_TO_UINT (g_hash_table_lookup (groups, GUINT_TO_POINTER (g_array_index (other, LimberSearchHit, k).n))), ==, g_array_index (other, LimberSearchHit, k).group + 1);
  }
}

static void
add (const char *path, void (*func) (Fixture *, gconstpointer))
{
  g_test_add (path, Fixture, NULL, set_up, func, tear_down);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add ("/store/search/parts-of-a-name-in-any-order-without-accents", test_names);
  add ("/store/search/a-birth-date-as-people-type-it", test_dates);
  add ("/store/search/compound-short-long-and-other-scripts-names", test_more_names);
  add ("/store/search/a-month-or-a-year-and-a-date-while-it-is-typed", test_parts_of_dates);
  add ("/store/search/a-birth-date-with-a-slip-beside-a-name", test_slips_in_dates);
  add ("/store/search/numbers-however-they-are-written", test_numbers);
  add ("/store/search/todays-people-then-family-names-then-the-rest", test_order);
  add ("/store/search/what-she-comes-for-today-is-shown", test_today);
  add ("/store/search/one-typing-mistake-comes-last", test_near);
  add ("/store/search/names-that-sound-alike-come-last-today-first", test_sounds);
  add ("/store/search/who-shares-a-name-is-marked", test_same_name);
  add ("/store/search/an-address-tells-apart-unless-it-is-restricted", test_address);
  add ("/store/search/who-asks-once-finds-the-same", test_once);
  add ("/store/search/near-misses-only-when-there-are-few", test_near_only_when_few);
  add ("/store/search/who-comes-changes-and-goes-is-kept-true", test_kept_true);
  add ("/store/search/who-was-there-changes-and-goes-is-kept-true", test_kept_true_of_the_packed);
  add ("/store/search/who-was-forgotten-takes-nobodys-place", test_forgotten_takes_no_place);
  add ("/store/search/after-midnight-others-come-first", test_midnight);
  add ("/store/search/merged-records-are-found-as-one", test_merged);
  add ("/store/search/a-number-that-fails-finds-nobody", test_typed_number);
  add ("/store/search/many-changes-at-once-make-the-index-anew", test_many_at_once);
  add ("/store/search/a-screen-does-not-wait", test_async);
  add ("/store/search/a-search-may-be-given-up-at-any-moment", test_given_up);
  add ("/store/search/anything-may-be-typed", test_anything_typed);
  g_test_add_func ("/store/search/who-was-there-and-who-came-are-found-alike", test_packed_is_fresh);
  return g_test_run ();
}
