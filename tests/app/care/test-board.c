/* What a waiting-room screen says besides calls, and who is told the number that she is called by. */
#include "care-fixture.h"

#include "limber-calling.h"
#include "limber-notice.h"

typedef struct {
  Care *care;
  char *made;
} Making;

static gboolean
make (LimberReader *reader, gpointer data, GError **error)
{
  Making *making = data;

  making->made = limber_notice_make (reader, &making->care->site, limber_reader_now (reader), error);
  return making->made != NULL;
}

/* All that is said now, in one text: "class Hall 1 10:00, with Priya 20". */
static char *
said (Care *care)
{
  Making making = { care, NULL };
  g_autoptr (GPtrArray) notices = NULL;
  GString *text = g_string_new (NULL);

  g_assert_true (limber_store_read (care->hub, make, &making, NULL));
  notices = limber_notice_parse (making.made, care->clock.now);
  for (guint i = 0; i < notices->len; i++) {
    const LimberNotice *notice = g_ptr_array_index (notices, i);

    g_string_append_printf (text, "%s%s %s %d", text->len > 0 ? ", " : "", notice->about == LIMBER_NOTICE_CLASS ? "class" : notice->about == LIMBER_NOTICE_LATE_WITH ? "with" : "in", notice->text,
                            notice->minutes);
  }
  g_free (making.made);
  return g_string_free (text, FALSE);
}

#define assert_said(care, expected)          \
  G_STMT_START {                             \
    g_autofree char *is = said (care);       \
    g_assert_cmpstr (is, ==, expected);      \
  } G_STMT_END

static void
set_call_by (Care *care, const char *word)
{
  test_store_put (care->hub, "site", &care->site, "call_by", word, NULL);
}

/* Three people of a class in Hall 1 at ten. */
static void
put_class (Care *care)
{
  static const char *const names[] = { "ann", "bob", "cem" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    care_person (care, names[i], "Example", names[i], "1950-01-01");
    care_appointment (care, names[i], names[i], "10:00", "booked");
    care_put (care, "appointment", names[i], "type", "class");
  }
  care_see (care, "Priya", "Hall 1", "ann", "bob", "cem", NULL);
}

static void
a_class_is_said_once_around_its_time (Care *care, gconstpointer data)
{
  put_class (care);
  care_clock (care, "08:59");
  assert_said (care, "");
  care_clock (care, "09:30");
  assert_said (care, "class Hall 1 0");
  care_clock (care, "10:14");
  assert_said (care, "class Hall 1 0");
  care_clock (care, "10:16");
  assert_said (care, "");
}

static void
a_class_of_which_all_is_cancelled_is_not_said (Care *care, gconstpointer data)
{
  put_class (care);
  care_put (care, "appointment", "ann", "status", "cancelled");
  care_clock (care, "09:30");
  assert_said (care, "class Hall 1 0");
  care_put (care, "appointment", "bob", "status", "cancelled");
  care_put (care, "appointment", "cem", "status", "cancelled");
  assert_said (care, "");
}

/* Somebody of ten o'clock goes in at twenty past. */
static void
run_late (Care *care)
{
  care_put_declan (care, "booked");
  care_see (care, "Priya", "Room 2", "ten", NULL);
  care_do (care, limber_desk_check_in, "ten", "09:55");
  care_do (care, limber_desk_call, "ten", "10:20");
  care_do (care, limber_desk_with_clinician, "ten", "10:20");
}

static void
who_runs_late_is_named_where_people_are (Care *care, gconstpointer data)
{
  run_late (care);
  set_call_by (care, "name");
  assert_said (care, "with Priya 20");
  set_call_by (care, "number");
  assert_said (care, "in Room 2 20");
  set_call_by (care, "");
  assert_said (care, "in Room 2 20");
}

static void
of_another_day_nothing_is_said (Care *care, gconstpointer data)
{
  g_autoptr (GPtrArray) today = limber_notice_parse ("[\"2026-11-23\",\"with 20 Priya\"]", care_time ("10:00")), other = limber_notice_parse ("[\"2026-11-22\",\"with 20 Priya\"]", care_time ("10:00"));
  g_autoptr (GPtrArray) spoilt = limber_notice_parse ("[\"2026-11-23\",\"with x Priya\",\"whom 20 Priya\",7,\"with 20\"]", care_time ("10:00")), none = limber_notice_parse (NULL, 0), broken = limber_notice_parse ("{", 0);

  g_assert_cmpuint (today->len, ==, 1);
  g_assert_cmpuint (other->len, ==, 0);
  g_assert_cmpuint (spoilt->len, ==, 0);
  g_assert_cmpuint (none->len, ==, 0);
  g_assert_cmpuint (broken->len, ==, 0);
}

static gboolean
put_letter (LimberTransaction *transaction, gpointer data, GError **error)
{
  return limber_transaction_set_meta (transaction, "letter", "K", error);
}

static void
assert_told (Care *care, const char *number)
{
  g_autoptr (LimberArriveAnswer) answer = care_ask (care, "6/8", 'O');

  care_assert_result (answer, "checked-in");
  g_assert_cmpstr (answer->number, ==, number);
}

/* @site, @person: (nullable): how they choose to call */
static void
arrive (Care *care, const char *site, const char *person)
{
  g_assert_true (limber_store_write (care->store, put_letter, NULL, NULL));
  care_put_declan (care, "booked");
  set_call_by (care, site);
  if (person != NULL)
    care_put (care, "patient", "declan", "call_by", person);
  care_clock (care, "09:50");
}

static void
assert_told_again (Care *care, const char *number)
{
  g_autoptr (LimberArriveAnswer) answer = care_ask (care, "6/8", 'O');

  care_assert_result (answer, "already");
  g_assert_cmpstr (answer->number, ==, number);
}

static void
by_name_no_number_is_told (Care *care, gconstpointer data)
{
  arrive (care, "name", NULL);
  assert_told (care, NULL);
}

static void
by_number_it_is_told (Care *care, gconstpointer data)
{
  arrive (care, "number", "name");
  assert_told (care, "K1");
}

/* Somebody else came before and after her. */
static void
who_comes_again_is_told_her_own_while_she_waits (Care *care, gconstpointer data)
{
  static const char *const names[] = { "ada", "eve" };

  arrive (care, "number", NULL);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    care_person (care, names[i], "Young", names[i], i == 0 ? "1950-01-01" : "1950-01-02");
    care_appointment (care, i == 0 ? "first" : "last", names[i], "10:00", "booked");
  }
  if (care->store == care->kiosk)
    care_project (care);
  care_assert_asked (care, "1/1", 'Y', "checked-in");
  assert_told (care, "K2");
  care_assert_asked (care, "2/1", 'Y', "checked-in");
  assert_told_again (care, "K2");
  if (care->store == care->kiosk)
    test_store_push (care->kiosk, care->hub);
  care_do (care, limber_desk_call, "ten", "09:55");
  assert_told_again (care, NULL);
  care_do (care, limber_desk_with_clinician, "ten", "09:56");
  assert_told_again (care, NULL);
}

static void
who_wants_a_number_is_told_it (Care *care, gconstpointer data)
{
  arrive (care, "name", "number");
  assert_told (care, "K1");
}

static void
who_is_restricted_is_told_a_number (Care *care, gconstpointer data)
{
  arrive (care, "name", NULL);
  care_put (care, "patient", "declan", "restricted", "true");
  assert_told (care, "K1");
}

static void
who_is_fetched_is_told_none (Care *care, gconstpointer data)
{
  arrive (care, "number", "fetch");
  assert_told (care, NULL);
}

static void
where_no_screen_calls_none_is_told (Care *care, gconstpointer data)
{
  arrive (care, "", "number");
  assert_told (care, NULL);
}

static void
test_names (void)
{
  static const struct { const char *given, *family, *shown; } cases[] = {
    { "Declan", "O'Connor", "Declan O." }, { " Declan Patrick ", "o'Connor", "Declan O." }, { "Zo\xc3\xab", "\xc3\x96zt\xc3\xbcrk", "Zo\xc3\xab \xc3\x96." },
    { NULL, "Madonna", NULL },             { "", "Madonna", NULL },                         { "Teller", NULL, NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *shown = limber_calling_name (cases[i].given, cases[i].family);

    g_assert_cmpstr (shown, ==, cases[i].shown);
  }
}

static void
add (const char *path, void (*func) (Care *, gconstpointer))
{
  g_autofree char *whole = g_strconcat ("/care/board/", path, NULL);

  g_test_add (whole, Care, "hub", care_set_up, func, care_tear_down);
}

static void
add_to_both (const char *path, void (*func) (Care *, gconstpointer))
{
  g_autofree char *kiosk = g_strconcat ("/care/board/at-a-kiosk/", path, NULL);

  add (path, func);
  g_test_add (kiosk, Care, "kiosk", care_set_up, func, care_tear_down);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add ("a-class-is-said-once-around-its-time", a_class_is_said_once_around_its_time);
  add ("a-class-of-which-all-is-cancelled-is-not-said", a_class_of_which_all_is_cancelled_is_not_said);
  add ("who-runs-late-is-named-where-people-are", who_runs_late_is_named_where_people_are);
  add ("of-another-day-nothing-is-said", of_another_day_nothing_is_said);
  add_to_both ("by-name-no-number-is-told", by_name_no_number_is_told);
  add_to_both ("by-number-it-is-told", by_number_it_is_told);
  add_to_both ("who-comes-again-is-told-her-own-while-she-waits", who_comes_again_is_told_her_own_while_she_waits);
  add_to_both ("who-wants-a-number-is-told-it", who_wants_a_number_is_told_it);
  add_to_both ("who-is-restricted-is-told-a-number", who_is_restricted_is_told_a_number);
  add_to_both ("who-is-fetched-is-told-none", who_is_fetched_is_told_none);
  add_to_both ("where-no-screen-calls-none-is-told", where_no_screen_calls_none_is_told);
  g_test_add_func ("/care/board/a-name-is-shown-only-in-part", test_names);
  return g_test_run ();
}
