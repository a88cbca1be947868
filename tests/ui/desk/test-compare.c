/* Two records that may be one person: compared, brought together, told apart, and taken back. */
#include "desk.h"
#include "limber-merging.h"
#include "sample.h"

static void
begin (Desk *desk)
{
  desk_start_work (desk, 12);
  sample_pair (desk->store);
  SEES (desk, "BAKER-FEATHERSTONEHAUGH, Katherine Annabel (Mrs) may be here twice: same date of birth, nearly the same name. Compare the two records.");
}

static void
compare (Desk *desk)
{
  desk_press (desk, "Compare…");
  SEES (desk, "Is this one person?");
  SEES (desk, "BAKER, Kath");
}

static guint
n_records (Desk *desk)
{
  LimberId id;
  g_autoptr (LimberRecord) record = NULL;
  guint n;

  sample_id (&id, "pair-other");
  record = test_store_get (desk->store, "patient", &id);
  n = limber_record_id (record, "merged_into") != NULL ? 1 : 2;
  return n;
}

static gboolean
has_n_records (gpointer data)
{
  return n_records (data) == ((Desk *) data)->n;
}

static void
assert_records (Desk *desk, guint n)
{
  desk->n = n;
  g_assert_true (test_wait (has_n_records, desk));
}

/* @at: of the two, in their order */
static void
press_same (Desk *desk, guint at)
{
  GtkWidget *page = desk_find (desk, desk_is_button, "Two people"), *button = at == 0 ? gtk_widget_get_prev_sibling (page) : gtk_widget_get_next_sibling (page);

  g_assert_true (gtk_widget_get_sensitive (button));
  g_signal_emit_by_name (button, "clicked");
}

static gboolean
can_be_same (gpointer data)
{
  return gtk_widget_get_sensitive (gtk_widget_get_prev_sibling (desk_find (data, desk_is_button, "Two people")));
}

static void
what_differs_is_marked_in_words (void)
{
  Desk desk;

  begin (&desk);
  compare (&desk);
  SEES (&desk, "Differs");
  SEES (&desk, "Only in one");
  SEES (&desk, "NHS No. “99900” as typed, not a valid number");
  desk_tear_down (&desk);
}

static void
one_person_is_shown_as_one_and_taken_back (void)
{
  Desk desk;

  begin (&desk);
  compare (&desk);
  g_assert_true (test_wait (can_be_same, &desk));
  press_same (&desk, 0);
  SEES (&desk, "The two records are shown as one person: Katherine Annabel Baker-Featherstonehaugh");
  SEES_NOT (&desk, "may be here twice");
  assert_records (&desk, 1);
  desk_act (&desk, "desk.undo");
  SEES (&desk, "may be here twice");
  assert_records (&desk, 2);
  desk_tear_down (&desk);
}

static void
two_people_are_not_asked_about_again_but_by_undo (void)
{
  Desk desk;

  begin (&desk);
  compare (&desk);
  desk_press (&desk, "Two people");
  SEES (&desk, "Two people. Nobody is asked about them again.");
  SEES_NOT (&desk, "may be here twice");
  assert_records (&desk, 2);
  desk_act (&desk, "desk.undo");
  SEES (&desk, "may be here twice");
  desk_tear_down (&desk);
}

static void
put_other (Desk *desk, const char *field, const char *value)
{
  LimberId id;

  sample_id (&id, "pair-other");
  test_store_put (desk->store, "patient", &id, field, value, NULL);
}

/* As one person she would be in two places. */
static void
who_is_booked_twice_takes_a_second_word (void)
{
  Desk desk;

  begin (&desk);
  sample_visit (desk.store, "visit-pair-one", "pair-one", "rachel", 120);
  sample_visit (desk.store, "visit-pair-other", "pair-other", "priya", 130);
  compare (&desk);
  SEES (&desk, "Both have an appointment at the same time");
  SEES (&desk, "with Rachel Nowak");
  SEES (&desk, "with Priya Shah");
  SEES (&desk, "I have made sure that they are one person");
  assert_records (&desk, 2);
  desk_tear_down (&desk);
}

static void
a_restricted_address_is_not_shown_here_and_takes_a_second_word (void)
{
  Desk desk;

  begin (&desk);
  put_other (&desk, "address", "1 Hidden Lane");
  put_other (&desk, "restricted", "1");
  compare (&desk);
  SEES (&desk, "Restricted: not shown here");
  SEES (&desk, "The address of one of the two is restricted");
  desk.text = "1 Hidden Lane";
  g_assert_true (desk_cannot_see (&desk));
  g_assert_false (can_be_same (&desk));
  gtk_check_button_set_active (GTK_CHECK_BUTTON (desk_find (&desk, desk_is_of_type, (gconstpointer) GTK_TYPE_CHECK_BUTTON)), TRUE);
  g_assert_true (can_be_same (&desk));
  press_same (&desk, 1);
  SEES (&desk, "shown as one person: Kath Baker");
  desk_tear_down (&desk);
}

static void
two_valid_numbers_are_two_people (void)
{
  Desk desk;

  begin (&desk);
  put_other (&desk, "nhs_number", "9990000018");
  compare (&desk);
  SEES (&desk, "These are two people: each has an NHS number");
  g_assert_false (can_be_same (&desk));
  desk_tear_down (&desk);
}

static void
what_changes_elsewhere_changes_here (void)
{
  Desk desk;

  begin (&desk);
  compare (&desk);
  put_other (&desk, "family", "Bakewell");
  SEES (&desk, "BAKEWELL, Kath");
  put_other (&desk, "nhs_number", "9990000018");
  SEES (&desk, "These are two people");
  desk_tear_down (&desk);
}

static void
escape_leaves_it_undecided (void)
{
  Desk desk;

  begin (&desk);
  compare (&desk);
  desk_act (&desk, "desk.back");
  SEES (&desk, "may be here twice");
  assert_records (&desk, 2);
  desk_tear_down (&desk);
}

/* The selected visit is not in sight then. */
static void
nobody_is_checked_in_from_here (void)
{
  Desk desk;

  begin (&desk);
  desk_select (&desk, "visit-thomas");
  SEES (&desk, "Born 06-Aug-1954 (72y) · Male");
  compare (&desk);
  desk_enter (&desk);
  desk_act (&desk, "desk.check-in");
  desk_press (&desk, "Two people"); /* what was asked for before is carried out before */
  SEES (&desk, "Two people. Nobody is asked about them again.");
  STATUS_IS (&desk, "visit-thomas", "booked");
  desk_enter (&desk); /* it is selected still */
  SEES (&desk, "David Thomas checked in");
  desk_tear_down (&desk);
}

/* The other one belongs to another site. */
static void
where_one_is_not_here_it_says_so (void)
{
  Desk desk;
  LimberId id;
  g_autofree char *first = sample_id_text ("pair-one"), *elsewhere = sample_id_text ("pair-elsewhere"), *both = g_strdup_printf ("%s;%s", first, elsewhere), *site = sample_id_text ("site");

  begin (&desk);
  sample_id (&id, "task-elsewhere");
  test_store_put (desk.store, "task", &id, "about", "duplicate", "patient", first, "candidates", both, "text", "names-born", "made", "2026-11-23T08:00:00Z", "status", "open", "site", site, NULL);
  SEES (&desk, "same name and date of birth");
  desk_press (&desk, "Compare…");
  SEES (&desk, "Only one of the two records is on this computer");
  desk_tear_down (&desk);
}

/* A new list has brought hundreds: they do not stand before whoever is at the kiosk, nor all at once. */
static void
of_many_pairs_a_few_are_asked_about_at_a_time (void)
{
  Desk desk;
  g_autofree char *both = NULL, *first = sample_id_text ("pair-one"), *second = sample_id_text ("pair-other"), *site = sample_id_text ("site");

  begin (&desk);
  both = g_strdup_printf ("%s;%s", first, second);
  for (guint i = 0; i < 30; i++) {
    g_autofree char *key = g_strdup_printf ("task-many-%u", i);
    LimberId id;

    sample_id (&id, key);
    test_store_put (desk.store, "task", &id, "about", "duplicate", "patient", first, "site", site, "candidates", both, "text", "contact", "made", "2026-11-23T07:00:00Z", "status", "open", NULL);
  }
  SEES (&desk, "telephone or postcode");
  SEES (&desk, "two people match"); /* at the kiosk */
  SEES (&desk, "6 need you");
  desk_tear_down (&desk);
}

/* The page of a person with two records says so, with the numbers of both providers, and parts them. */
static void
both_providers_numbers_are_shown_and_a_record_can_be_parted (void)
{
  Desk desk;

  begin (&desk);
  compare (&desk);
  g_assert_true (test_wait (can_be_same, &desk));
  press_same (&desk, 0);
  SEES (&desk, "shown as one person");
  desk_type (&desk, "00456");
  SEES (&desk, "BAKER-FEATHERSTONEHAUGH, Katherine");
  desk_act (&desk, "desk.open");
  SEES (&desk, "P0000123 · Acute 00456");
  SEES (&desk, "Also recorded as");
  desk_press (&desk, "Not the same person");
  SEES (&desk, "The two records are two people again");
  SEES_NOT (&desk, "Also recorded as");
  assert_records (&desk, 2);
  desk_act (&desk, "desk.undo");
  SEES (&desk, "The two records are shown as one person again");
  assert_records (&desk, 1);
  desk_tear_down (&desk);
}

#define ADD(name_, func_) g_test_add_func ("/ui/desk/" name_, func_)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  desk_begin ();
  ADD ("what-differs-is-marked-in-words", what_differs_is_marked_in_words);
  ADD ("one-person-is-shown-as-one-and-taken-back", one_person_is_shown_as_one_and_taken_back);
  ADD ("two-people-are-not-asked-about-again-but-by-undo", two_people_are_not_asked_about_again_but_by_undo);
  ADD ("who-is-booked-twice-takes-a-second-word", who_is_booked_twice_takes_a_second_word);
  ADD ("a-restricted-address-is-not-shown-here-and-takes-a-second-word", a_restricted_address_is_not_shown_here_and_takes_a_second_word);
  ADD ("two-valid-numbers-are-two-people", two_valid_numbers_are_two_people);
  ADD ("what-changes-elsewhere-changes-here", what_changes_elsewhere_changes_here);
  ADD ("escape-leaves-it-undecided", escape_leaves_it_undecided);
  ADD ("nobody-is-checked-in-from-here", nobody_is_checked_in_from_here);
  ADD ("where-one-is-not-here-it-says-so", where_one_is_not_here_it_says_so);
  ADD ("of-many-pairs-a-few-are-asked-about-at-a-time", of_many_pairs_a_few_are_asked_about_at_a_time);
  ADD ("both-providers-numbers-are-shown-and-a-record-can-be-parted", both_providers_numbers_are_shown_and_a_record_can_be_parted);
  return g_test_run ();
}
