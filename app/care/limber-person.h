/* People as staff's screens write them (NHS Common User Interface): SMITH, Jane (Mrs); Born 06-Aug-1954 (72y); NHS No. 999 426 3498. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char       *limber_person_name       (const char *family, const char *given, const char *title);
char       *limber_person_name_called (const char *family, const char *given, const char *title, const char *preferred);
char       *limber_person_spoken     (const char *given, const char *family);
char       *limber_person_age        (const char *born, const char *on);
char       *limber_person_born       (const char *born, const char *died, const char *today);
const char *limber_person_sex        (const char *code);
char       *limber_person_nhs_number (const char *number);
char       *limber_person_nhs_words  (const char *number, const char *status, const char *typed);
char       *limber_person_number     (const char *provider, const char *organisation, const char *number);
char       *limber_person_phone      (const char *phone);
char       *limber_person_phones     (const char *mobile, const char *phone);
char       *limber_person_confirmed  (const char *day);
char       *limber_person_address    (const char *address, const char *postcode);
const char *limber_person_language   (const char *code);
const char *const *limber_person_languages  (void);
const char *const *limber_person_need_codes (void);
const char *limber_person_need       (const char *need);
char       *limber_person_needs      (const char *codes, const char *language);
const char *limber_person_role       (const char *role);
char       *limber_person_initials   (const char *given, const char *family);

G_END_DECLS
