/* Names as outer London has them, with what is hard in names: apostrophes, hyphens, accents, letters that Unicode does
 * not take apart, one letter, very many letters, and pairs that sound alike. No list of anybody's patients was used. */
#include "limber-demo-words.h"

const LimberDemoNames limber_demo_names[7] = {
  { 46, "en",
    "Abbott|Ainsworth|Ashby|Barber|Barrett|Bishop|Bolton|Bradley|Brookes|Brooks|Bryant|Burgess|Burke|Byrne|Carr|Chadwick|Chapman|Cole|Cunningham|Dawson|Dean|Dixon|Dickson|Doyle|Drake|"
    "Ellis|Elliot|Elliott|Farrell|Fisher|Fletcher|Flynn|Frost|Gallagher|Gardner|Gardiner|Goodwin|Gough|Graham|Hancock|Harding|Hart|Haynes|Hewitt|Higgins|Hobbs|Hodgson|Hopkins|Ingram|"
    "Jarvis|Johnston|Johnstone|Keane|Kearney|Lamb|Leach|Leigh|Lowe|Mackenzie|MacKenzie|Malone|McCarthy|Mccarthy|Nash|Neal|Neale|Noble|Nolan|Norris|Osborne|Owen|Page|Parry|Payne|Pearce|Pearse|Peirce|"
    "Pugh|Quinn|Randall|Rees|Reese|Rowe|Saunders|Sheppard|Shepherd|Sinclair|Sutton|Swift|Tate|Tyler|Vaughan|Wade|Walsh|Welsh|Weston|Wilkins|Yates|Wolstenholme|Throckmorton|Satterthwaite|"
    "Hetherington-Fanshawe|O'Dowd|O'Hara|O’Malley|O'Shea|D'Souza|Smythe-Jones|St. Clair|Oh|Ng|Wu|U",
    "Adrian|Aidan|Alastair|Albert|Arthur|Barry|Brendan|Cedric|Clive|Colin|Damien|Dennis|Desmond|Duncan|Edward|Eric|Ernest|Francis|Frank|Frederick|Gareth|Gavin|George|Gerald|Gordon|Harold|Harry|"
    "Iain|Ian|Jack|Kevin|Lawrence|Leslie|Liam|Malcolm|Martin|Neil|Niall|Norman|Oliver|Oscar|Patrick|Philip|Phillip|Ralph|Reginald|Ruairí|Samuel|Stuart|Stewart|Terence|Victor|Walter|William",
    "Abigail|Agnes|Alice|Amanda|Audrey|Barbara|Bernadette|Bridget|Carol|Carole|Cecilia|Cerys|Charlotte|Chloë|Clare|Claire|Constance|Deborah|Diana|Edith|Elaine|Eleanor|Ellen|Emily|Esme|Esmé|Ethel|"
    "Florence|Frances|Gillian|Grace|Hannah|Harriet|Heather|Helen|Irene|Isobel|Isabel|Ivy|Jacqueline|Janet|Jill|Josephine|Judith|Kathleen|Lesley|Lilian|Mair|Mary-Jane|Máire|Mavis|Moira|Nora|Olive|"
    "Pamela|Phyllis|Rachel|Renée|Rosemary|Ruth|Sheila|Sinéad|Stella|Sylvia|Teresa|Theresa|Una|Vera|Violet|Winifred|Yvonne" },
  { 18, "gu",
    "Patel|Acharya|Bhagat|Bhavsar|Chokshi|Dalal|Dhruv|Dholakia|Doshi|Gajjar|Ganatra|Gohil|Hirani|Jani|Jethwa|Kanani|Kansara|Kerai|Khatri|Limbachia|Madhvani|Makwana|Mistry|Nayak|Oza|Parekh|Parikh|"
    "Purohit|Radia|Rana|Rughani|Sanghvi|Sheth|Soni|Suthar|Tailor|Tanna|Upadhyay|Vora|Vohra|Zaveri",
    "Amit|Ashok|Bhavesh|Chandrakant|Dinesh|Girish|Harish|Jagdish|Kirit|Manoj|Mukesh|Narendra|Pankaj|Pravin|Sanjay|Vijay",
    "Alpa|Aruna|Bharti|Chandrika|Daksha|Gita|Hemlata|Ila|Jayshree|Kalpana|Lata|Manjula|Meena|Nayna|Rekha|Sudha|Usha|Varsha" },
  { 8, "ta",
    "Anandarajah|Chelliah|Ganeshalingam|Jeyakumar|Kugathasan|Mahendran|Manoharan|Navaratnam|Paramsothy|Pathmanathan|Rasiah|Sabaratnam|Shanmuganathan|Sinnathamby|Sritharan|Thambirajah|"
    "Thiruvengadasamy|Vaithiyanathan|Yogeswaran|K",
    "Arun|Bala|Dinesh|Jegan|Kannan|Mohan|Rajan|Siva|Thusan|Vasan", "Abirami|Gowri|Kavitha|Lakshmi|Malathi|Nirmala|Rathi|Saraswathi|Shanthi|Yamuna" },
  { 9, "ro",
    "Albu|Bălan|Barbu|Ciobanu|Cristea|Dobre|Dragomir|Florea|Georgescu|Iliescu|Lupu|Manea|Mărginean|Moldovan|Neagu|Oprea|Preda|Radu|Sârbu|Șerban|Stoica|Toma|Țăranu|Ungureanu|Voicu",
    "Adrian|Alexandru|Bogdan|Cătălin|Cristian|Florin|Gabriel|Ionuț|Răzvan|Sorin|Vlad", "Adriana|Alina|Bianca|Camelia|Cristina|Daniela|Florentina|Gabriela|Lăcrămioara|Luminița|Raluca|Simona" },
  { 6, "pl",
    "Adamczyk|Baran|Błaszczyk|Chmielewska|Czarnecki|Duda|Dudek|Górska|Jabłoński|Kaczmarek|Kołodziej|Król|Krawczyk|Maciejewska|Mazur|Ostrowski|Pawlak|Sikora|Śliwińska|Wróbel|Zając|Żak",
    "Adam|Andrzej|Bartosz|Grzegorz|Jerzy|Marcin|Paweł|Sławomir|Wojciech|Zbigniew", "Aleksandra|Barbara|Beata|Danuta|Dorota|Elżbieta|Grażyna|Halina|Joanna|Urszula|Wanda" },
  { 9, "ar",
    "Abdullahi|Al-Amin|Al-Saadi|Aziz|Bashir|Darwish|El-Sayed|Farooq|Ghannam|Hamdan|Hersi|Ismail|Jama|Karim|Mahmoud|Malik|Mire|Nasser|Osman|Qureshi|Rahman|Sharif|Warsame|Yusuf",
    "Abdi|Ahmed|Bilal|Faisal|Hamza|Imran|Jamal|Karim|Mustafa|Rashid|Tariq|Ziad", "Aisha|Asma|Farah|Hodan|Khadija|Leila|Nadia|Rania|Safiya|Samira|Yasmin|Zahra" },
  { 4, "en",
    "van den Heuvel|von Braun-Falk|Lindström|Sørensen|Øverland|Guðmundsdóttir|García Márquez|da Silva|de Souza|dos Santos|Peña|Çelik|Yıldız|Kovács|Dvořák|Nguyễn|Le Guen|L'Estrange|Weiß",
    "André|Björn|François|Günther|Håkon|João|Luís|Mehmet|Zoltán", "Anaïs|Beatriz|Chiara|Conceição|Hélène|Inês|Jolán|María José|Solveig|Şükran" },
};

const LimberDemoSite limber_demo_sites[LIMBER_DEMO_SITES] = {
  { "LMB01", "Lime Tree Clinic", "health-centre", "Room 1;Room 2;Room 3;Gym" },
  { "LMB02", "Weald Lane Health Centre", "health-centre", "Room A;Room B;Studio" },
  { "LMB03", "Mill Bridge Health Centre", "health-centre", "Room 7;Room 8;Hall" },
  { "LMB04", "Northfield Leisure Centre", "leisure-centre", "Treatment room;Studio 2" },
  { "LMB05", "St Bride's Church Hall", "church-hall", "Vestry;Main hall" },
  { "LMB06", "Canal Side Sports Hub", "leisure-centre", "Consulting room;Studio 1" },
};

const LimberDemoService limber_demo_services[6] = {
  { "physiotherapy", "Physiotherapy", 58 }, { "back-and-neck", "Back and neck", 16 }, { "joint-pain-advice", "Joint pain advice", 9 },
  { "first-contact", "First contact", 10 }, { "rheumatology", "Rheumatology", 4 }, { "continence", "Continence", 3 },
};

/* The codes are of no practice: X98 is not given out. */
const char *const limber_demo_practices[LIMBER_DEMO_PRACTICES] = {
  "Lime Tree Surgery", "Weald Lane Practice", "The Orchard Surgery", "Mill Bridge Medical Centre", "Church Row Surgery", "Dr Oyelaran & Partners", "Northfield Health Partnership",
  "The Green Surgery", "Canal Side Medical Centre", "St Bride's Practice", "Hillcrest Surgery", "The Old Dairy Practice", "Park View Family Practice", "Elm Grove Medical Centre",
};

const char *const limber_demo_staff_roles[11] = {
  "reception", "reception", "physiotherapist", "physiotherapist", "physiotherapist", "joint-pain-advisor", "first-contact-practitioner", "exercise-professional", "physio-student",
  "care-navigator", "service-manager",
};

const char limber_demo_streets[] = "Acacia Road|Bridge Street|Carlton Gardens|Dove Lane|Elmfield Avenue|Forge Close|Grange Hill|Hawthorn Way|Mill Lane|Orchard Rise|Priory Walk|Queensway|Rectory Road|Sycamore Drive|"
                                   "Tithe Barn Lane|Vicarage Road|Weald Lane|Windmill Hill";
const char limber_demo_reasons[] = "low back pain|knee pain|hip pain|shoulder pain|neck pain|hand pain|ankle pain|hot swollen joint|pain, not specified";
const char limber_demo_needs[] = "large-print|hearing-loop|bsl-interpreter|interpreter|carer-attends|easy-read|wheelchair|call-by-number";
