/* Lists as other systems write them: other columns, forms, words and encodings; another provider's numbers; and what was
 * refused, put right. */
#include <glib/gstdio.h>
#include <string.h>

#include "import-fixture.h"
#include "limber-error.h"

static char *
example (const char *name)
{
  return g_build_filename (g_getenv ("LIMBER_TEST_DATA"), "..", "..", "resources", "mappings", name, NULL);
}

static void
assert_text (const LimberRecord *record, const char *field, const char *text)
{
  g_assert_cmpstr (limber_record_text (record, field), ==, text);
}

static void
assert_start (const LimberRecord *record, const char *iso)
{
  g_autofree char *start = limber_field_to_text (&record->kind->fields[limber_kind_field (record->kind, "start")], limber_record_value (record, "start"));

  g_assert_cmpstr (start, ==, iso);
}

static const char sites[] = "code,name,kind,places\nLMB01,Alexandra Avenue,health-centre,Room 1\nLMB02,Belmont,health-centre,\n";

static void
test_systmone (ImportFixture *fixture, gconstpointer data)
{
  g_autofree char *mapping = example ("systmone-like.json");
  g_autoptr (json_t) report = NULL, again = NULL;
  g_autoptr (LimberRecord) ann = NULL, visit = NULL, gone = NULL, referral = NULL;

  import_put (fixture, "sites.csv", sites);
  import_put (fixture, "Patients_20261123.csv",
              "Patient ID,NHS Number,Surname,First Name,Title,Date Of Birth,Gender,Mobile Telephone,Home Telephone,Email Address,House Name,House Number And Road,Locality,Town,County,Postcode,"
              "GP Practice Code,Main Language,Sensitive Record,Date Of Death,Ward\r\n"
              "77,999 053 0211,O'Connor,Ann,Mrs,10-Nov-1976,Female,07700 900399,,,,142 Alexandra Avenue,,Harrow,,HA3 1HQ,V81999,Gujarati,N,,Pinner\r\n"
              "78,,Ng,Bo,,06-Aug-1954,Unknown,,,,,,,,,,,English,Y,,\r\n");
  import_put (fixture, "Referrals.csv", "Referral ID,Patient ID,Referral Date,Source,Referrer Code,Service,Priority,Reason\r\nR1,77,02-Nov-2026,General Practitioner,E84004,MSK Physiotherapy,Two Week Wait,knee\r\n");
  import_put (fixture, "Appointments.csv",
              "Appointment ID,Referral ID,Patient ID,Location,Appointment Date,Appointment Time,Duration,Type,Service,Status\r\n"
              "1,R1,77,Belmont,24-Nov-2026,09:30,30,First,MSK Physiotherapy,Booked\r\n"
              "2,,78,Alexandra Avenue,25-Nov-2026,10:00,20,Review,Back And Neck,Cancelled By Patient\r\n");
  report = import_run (fixture, &(LimberImportPlan){ .mapping = mapping });
  g_assert_cmpuint (json_array_size (json_object_get (report, "problems")), ==, 0);
  g_assert_cmpint (import_sum (report, "made"), ==, 7);
  import_assert_note (report, "Patients_20261123.csv", NULL, "1 column");
  ann = import_find (fixture, "patient", "77");
  assert_text (ann, "family", "O'Connor");
  assert_text (ann, "nhs_number", "9990530211");
  assert_text (ann, "born", "1976-11-10");
  assert_text (ann, "sex", "2");
  assert_text (ann, "address", "142 Alexandra Avenue\nHarrow");
  assert_text (ann, "language", "gu");
  referral = import_find (fixture, "referral", "R1");
  assert_text (referral, "source", "gp");
  assert_text (referral, "priority", "urgent");
  visit = import_find (fixture, "appointment", "1");
  assert_start (visit, "2026-11-24T09:30:00+00:00");
  assert_text (visit, "type", "new");
  g_assert_cmpstr (limber_record_word (visit, "status"), ==, "booked");
  gone = import_find (fixture, "appointment", "2");
  g_assert_cmpstr (limber_record_word (gone, "status"), ==, "cancelled");
  assert_text (gone, "cancelled_by", "patient");
  again = import_run (fixture, &(LimberImportPlan){ .mapping = mapping });
  g_assert_cmpint (import_sum (again, "same"), ==, import_sum (again, "read"));
}

static void
test_emis (ImportFixture *fixture, gconstpointer data)
{
  g_autofree char *mapping = example ("emis-like.json");
  g_autoptr (json_t) report = NULL;
  g_autoptr (LimberRecord) zoe = NULL, visit = NULL;

  import_put (fixture, "sites.csv", sites);
  import_put (fixture, "patient_list.txt",
              "EMIS Number\tNHS No\tFamily Name\tGiven Name\tTitle\tDOB\tSex\tMobile\tHome Phone\tEmail\tAddress 1\tAddress 2\tAddress 3\tAddress 4\tAddress 5\tPost Code\tOrganisation\tConfidential\tDeceased Date\n"
              "501\t9990530211\tNu\xf1" "ez\tZo\xeb\tMs\t06/08/1954\tF\t\t\t\t1 High Street\t\tPinner\t\t\tHA5 1AA\t\tTrue\t01/10/2026\n");
  import_put (fixture, "slots.txt", "Slot Reference\tEMIS Number\tSlot Start\tPlanned Duration\tRoom\tSlot Type\tSlot Status\n9001\t501\t23/07/2027 09:05\t20\tRoom 1\tMSK New\tArrived\n");
  report = import_run (fixture, &(LimberImportPlan){ .mapping = mapping });
  g_assert_cmpuint (json_array_size (json_object_get (report, "problems")), ==, 0);
  zoe = import_find (fixture, "patient", "501");
  assert_text (zoe, "family", "Nuñez");
  assert_text (zoe, "given", "Zoë");
  assert_text (zoe, "address", "1 High Street\nPinner");
  assert_text (zoe, "died", "2026-10-01");
  g_assert_cmpint (limber_record_integer (zoe, "restricted"), ==, 1);
  visit = import_find (fixture, "appointment", "9001");
  assert_start (visit, "2027-07-23T09:05:00+01:00");
  g_assert_nonnull (limber_record_id (visit, "place"));
  g_assert_nonnull (limber_record_id (visit, "service"));
}

#define HEAD "id,family,given,born\n"
static const char small_mapping[] = "{\"lists\": {\"patients\": {\"file\": \"p*.csv\", \"dates\": \"DD/MM/YYYY\", \"columns\": {\"id\": \"No\", \"family\": \"Last\", \"given\": \"First\", \"born\": \"DOB\"}}}}";

static void
test_mapping_beside (ImportFixture *fixture, gconstpointer data)
{
  g_autoptr (json_t) report = NULL, lacking = NULL, many = NULL;
  g_autoptr (GError) error = NULL;

  import_put (fixture, "mapping.json", small_mapping);
  import_put (fixture, "p1.csv", "No,Last,First,DOB\n1,Ng,Ann,06/08/1954\n2,Ng,Bo,1954-08-06\n");
  report = import_lists (fixture);
  g_assert_cmpint (import_counted (report, "p1.csv", "made"), ==, 1);
  import_assert_problem (report, "p1.csv", 3, "DOB", "not written as DD/MM/YYYY", FALSE);
  import_put (fixture, "p2.csv", "No,Last,First,DOB\n");
  many = import_lists (fixture);
  import_assert_problem (many, "p*.csv", 1, NULL, "several files", FALSE);
  g_assert_cmpuint (import_count (fixture, "patient"), ==, 1);
  import_put (fixture, "mapping.json", "{\"lists\": {\"patients\": {\"file\": \"p1.csv\", \"columns\": {\"id\": \"Number\", \"family\": \"Last\", \"given\": \"First\", \"born\": \"DOB\"}}}}");
  lacking = import_lists (fixture);
  import_assert_problem (lacking, "p1.csv", 1, "Number", "no such column", FALSE);
  import_put (fixture, "mapping.json", "{\"lists\": {\"patients\": {\"colums\": {}}}}");
  g_assert_null (limber_import_run (fixture->store, &(LimberImportPlan){ .dir = fixture->lists }, &error));
  g_assert_error (error, LIMBER_ERROR, LIMBER_ERROR_FORMAT);
  g_assert_nonnull (strstr (error->message, "lists.patients"));
}

/* The same list in every encoding and with every line end is the same list. */
static void
test_encodings (ImportFixture *fixture, gconstpointer data)
{
  static const char windows[] = HEAD "1,Nu\xf1" "ez,Zo\xeb,1954-08-06\n", utf_8[] = "\xef\xbb\xbf" HEAD "1,Nuñez,Zoë,1954-08-06\n", returns[] = "id,family,given,born\r1,Nuñez,Zoë,1954-08-06\r";
  g_autoptr (json_t) first = NULL, second = NULL, third = NULL, fourth = NULL;
  g_autoptr (LimberRecord) record = NULL;
  g_autofree char *wide = NULL;
  g_autofree guint8 *marked = NULL;
  gsize length;

  import_put (fixture, "patients.csv", windows);
  first = import_lists (fixture);
  g_assert_cmpint (import_counted (first, "patients.csv", "made"), ==, 1);
  g_assert_cmpstr (limber_json_string (json_array_get (json_object_get (first, "lists"), 0), "encoding"), ==, "Windows-1252");
  record = import_find (fixture, "patient", "1");
  assert_text (record, "family", "Nuñez");
  import_put (fixture, "patients.csv", utf_8);
  second = import_lists (fixture);
  g_assert_cmpint (import_counted (second, "patients.csv", "same"), ==, 1);
  wide = g_convert (utf_8, -1, "UTF-16LE", "UTF-8", NULL, &length, NULL);
  import_put_bytes (fixture, "patients.csv", wide, length);
  third = import_lists (fixture);
  g_assert_cmpint (import_counted (third, "patients.csv", "same"), ==, 1);
  import_put (fixture, "patients.csv", returns);
  fourth = import_lists (fixture);
  g_assert_cmpint (import_counted (fourth, "patients.csv", "same"), ==, 1);
}

static char *
contents (const char *dir, const char *name)
{
  g_autofree char *path = g_build_filename (dir, name, NULL);
  char *text = NULL;

  g_file_get_contents (path, &text, NULL, NULL);
  return text;
}

static void
test_refused (ImportFixture *fixture, gconstpointer data)
{
  g_autofree char *dir = g_build_filename (fixture->dir, "refused", NULL), *text = NULL, *after = NULL;
  g_autoptr (json_t) first = NULL, again = NULL, put_right = NULL, all = NULL;
  g_autoptr (GString) corrected = NULL;
  g_autoptr (LimberRecord) record = NULL;

  import_put (fixture, "patients.csv",
              "id,family,given,born,mobile\n1,Ng,Ann,06/08/1954,+447700900399\n2,Ng,Bo,1954-08-06,\n3,\"=cmd()\", Cy ,x,-1\n4,\"open,D,1954-08-06,\n5,'=x,Eve,x,@\n");
  first = import_run (fixture, &(LimberImportPlan){ .refused = dir });
  g_assert_cmpint (import_counted (first, "patients.csv", "refused"), ==, 4);
  g_assert_cmpstr (limber_json_string (first, "refused"), ==, dir);
  text = contents (dir, "patients.csv");
  g_assert_cmpstr (text, ==,
                   "\xef\xbb\xbfid,family,given,born,mobile,refused_line,refused_reason\r\n1,Ng,Ann,06/08/1954,'+447700900399,2,born: not a date (YYYY-MM-DD)\r\n"
                   "3,'=cmd(), Cy ,x,'-1,4,born: not a date (YYYY-MM-DD)\r\n"
                   "\"4,\"\"open,D,1954-08-06,\",,,,,5,family: a quotation mark is never closed\r\n"
                   "5,''=x,Eve,x,'@,6,born: not a date (YYYY-MM-DD)\r\n");
  /* as it is, nothing in it can be taken */
  again = import_run (fixture, &(LimberImportPlan){ .dir = dir });
  g_assert_cmpint (import_counted (again, "patients.csv", "refused"), ==, 4);
  g_assert_cmpuint (import_count (fixture, "patient"), ==, 1);
  corrected = g_string_new (text);
  g_string_replace (corrected, "06/08/1954", "1954-08-06", 0);
  g_string_replace (corrected, ",x,", ",1954-08-06,", 0);
  g_string_replace (corrected, "\"4,\"\"open,D,1954-08-06,\",,,,,", "4,Open,D,1954-08-06,,", 0);
  g_free (after);
  after = g_build_filename (dir, "patients.csv", NULL);
  g_assert_true (g_file_set_contents (after, corrected->str, -1, NULL));
  put_right = import_run (fixture, &(LimberImportPlan){ .dir = dir });
  g_assert_cmpint (import_counted (put_right, "patients.csv", "made"), ==, 4);
  g_assert_cmpint (json_array_size (json_object_get (put_right, "problems")), ==, 0);
  record = import_find (fixture, "patient", "1");
  assert_text (record, "mobile", "+447700900399");
  limber_record_free (g_steal_pointer (&record));
  record = import_find (fixture, "patient", "5");
  assert_text (record, "family", "'=x");
  assert_text (record, "mobile", "@");
  /* and when the list is right, there is no such file any more */
  import_put (fixture, "patients.csv", HEAD "1,Ng,Ann,1954-08-06\n");
  all = import_run (fixture, &(LimberImportPlan){ .refused = dir });
  g_assert_false (g_file_test (after, G_FILE_TEST_EXISTS));
}

/* No list of anybody's is written over. */
static void
test_refused_elsewhere (ImportFixture *fixture, gconstpointer data)
{
  g_autofree char *other = test_dir_new (), *path = g_build_filename (other, "patients.csv", NULL), *text = NULL;
  g_autoptr (GError) error = NULL;

  import_put (fixture, "patients.csv", HEAD "1,Ng,Ann,x\n");
  g_assert_true (g_file_set_contents (path, HEAD, -1, NULL));
  g_assert_null (limber_import_run (fixture->store, &(LimberImportPlan){ .dir = fixture->lists, .refused = other }, &error));
  g_assert_error (error, LIMBER_ERROR, LIMBER_ERROR_REFUSED);
  g_clear_error (&error);
  text = contents (other, "patients.csv");
  g_assert_cmpstr (text, ==, HEAD);
  g_assert_null (limber_import_run (fixture->store, &(LimberImportPlan){ .dir = fixture->lists, .refused = fixture->lists }, &error));
  g_assert_error (error, LIMBER_ERROR, LIMBER_ERROR_USAGE);
  test_dir_remove (other);
}

static void
test_provider (ImportFixture *fixture, gconstpointer data)
{
  g_autoptr (json_t) ours = NULL, theirs = NULL, again = NULL;
  g_autoptr (GError) error = NULL;
  LimberStore *store = fixture->store;

  import_put (fixture, "sites.csv", "code,name\nLMB01,Clinic\n");
  import_put (fixture, "patients.csv", HEAD "1,Ng,Ann,1954-08-06\n");
  import_put (fixture, "appointments.csv", "id,patient,site,start,status\n1,1,LMB01,2026-11-24T09:30:00+00:00,booked\n");
  ours = import_lists (fixture);
  import_put (fixture, "patients.csv", HEAD "1,Patel,Bo,1961-04-09\n");
  theirs = import_run (fixture, &(LimberImportPlan){ .provider = "RQM" });
  g_assert_cmpint (import_counted (theirs, "patients.csv", "made"), ==, 1);
  g_assert_cmpint (import_counted (theirs, "appointments.csv", "made"), ==, 1);
  g_assert_cmpint (import_counted (theirs, "sites.csv", "same"), ==, 1);
  g_assert_cmpuint (import_count (fixture, "patient"), ==, 2);
  g_assert_cmpint (test_store_count (store, "SELECT count(*) FROM patient WHERE provider='RQM' AND family='Patel'"), ==, 1);
  g_assert_cmpint (test_store_count (store, "SELECT count(*) FROM patient WHERE provider IS NULL AND family='Ng'"), ==, 1);
  g_assert_cmpint (test_store_count (store, "SELECT count(*) FROM appointment a JOIN patient p ON p.n=a.patient WHERE p.family='Patel'"), ==, 1);
  again = import_run (fixture, &(LimberImportPlan){ .provider = "RQM" });
  g_assert_cmpint (import_sum (again, "same"), ==, import_sum (again, "read"));
  g_assert_null (limber_import_run (store, &(LimberImportPlan){ .dir = fixture->lists, .provider = "far too long to be the code of anybody" }, &error));
  g_assert_error (error, LIMBER_ERROR, LIMBER_ERROR_USAGE);
}

#define ADD(path, func) g_test_add ("/exchange/import-foreign/" path, ImportFixture, NULL, import_set_up, func, import_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("lists-like-systmones-are-taken-by-the-example", test_systmone);
  ADD ("lists-like-emiss-are-taken-by-the-example", test_emis);
  ADD ("a-mapping-beside-the-lists-is-followed", test_mapping_beside);
  ADD ("an-encoding-or-line-end-makes-no-other-list", test_encodings);
  ADD ("refused-lines-are-put-right-and-taken", test_refused);
  ADD ("refused-lines-are-written-over-no-list", test_refused_elsewhere);
  ADD ("two-providers-numbers-never-meet", test_provider);
  return g_test_run ();
}
