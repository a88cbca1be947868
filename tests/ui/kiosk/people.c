#include "people.h"

/* Somebody with one appointment at the clinic, whose id is test_id()'s of @name; @status moves on by one put a step. */
void
kiosk_put_person (LimberStore *store, const char *name, const char *family, const char *given, const char *born, const char *start, const char *status)
{
  g_autofree char *patient_key = g_strconcat ("patient ", name, NULL), *patient_text = NULL, *site_text = NULL, *place_text = NULL, *staff_text = NULL;
  LimberId patient, appointment, site, place, staff;

  test_id (&patient, patient_key);
  test_id (&appointment, name);
  test_id (&site, "site");
  test_id (&place, "place");
  test_id (&staff, "staff");
  patient_text = limber_id_dup_text (&patient);
  site_text = limber_id_dup_text (&site);
  place_text = limber_id_dup_text (&place);
  staff_text = limber_id_dup_text (&staff);
  test_store_put (store, "patient", &patient, "family", family, "given", given, "born", born, NULL);
  test_store_put (store, "appointment", &appointment, "patient", patient_text, "site", site_text, "place", place_text, "clinician", staff_text, "start", start, "status", status, NULL);
}
