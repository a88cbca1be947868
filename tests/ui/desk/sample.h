/* A desk's store with a day in it, for the tests of its screens and for looking at them. */
#pragma once

#include "limber-response.h"
#include "limber-store.h"

G_BEGIN_DECLS

/* The sample day is that of TEST_NOW; its clinic opens at 09:00. */
#define SAMPLE_PIN "482915"

void sample_site    (LimberStore *store);
void sample_staff   (LimberStore *store, gboolean with_pins);
void sample_colleague (LimberStore *store, const char *key, const char *given, const char *family, const char *role, const char *site);
void sample_silence (LimberStore *store, int days);
void sample_person  (LimberStore *store, const char *key, const char *family, const char *given, const char *title, const char *born);
void sample_visitor (LimberStore *store, const char *key);
void sample_visit   (LimberStore *store, const char *key, const char *person, const char *clinician, int minutes_after_nine);
void sample_arrive  (LimberStore *store, const char *visit, const char *person, int minutes_after_nine);
void sample_come    (LimberStore *store, const char *visit, const char *person, int minutes_after_nine);
void sample_step    (LimberStore *store, const char *visit, const char *person, const char *step, int minutes_after_nine);
void sample_guessing (LimberStore *store, int minutes_after_nine);
void sample_task    (LimberStore *store, const char *key, const char *about, const char *candidates, int minutes_after_nine);
void sample_pair    (LimberStore *store);
void sample_answers (LimberStore *store, const char *visit, int pain, LimberResponseStatus status, gboolean in_person);
void sample_clinics (LimberStore *store);
void sample_day     (LimberStore *store, guint n);
void sample_id      (LimberId *id, const char *key);
char *sample_id_text (const char *key);

G_END_DECLS
